package dev.banyan.proxy;

import dev.banyan.rules.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URI;

/** A server in a process of its own, over TLS or in HTTP/2, to be stopped as it stands. */
final class FrozenServer implements AutoCloseable {
  /** What is spoken to it. */
  enum Speaks {
    HTTPS,
    H2,
    H2C;

    Upstream.Protocol protocol() {
      return this == HTTPS ? Upstream.Protocol.HTTP1 : Upstream.Protocol.HTTP2;
    }
  }

  private final OwnProcess process;
  private final Speaks speaks;

  FrozenServer(Speaks speaks, TestCertificate identity) throws IOException {
    this.speaks = speaks;
    process =
        new OwnProcess(
            FrozenServer.class,
            speaks.name(),
            identity.certificate().toString(),
            identity.key().toString());
  }

  /** What it answers to everything. */
  String word() {
    return Integer.toString(process.port());
  }

  URI url() {
    return URI.create((speaks == Speaks.H2C ? "http" : "https") + "://127.0.0.1:" + process.port());
  }

  void freeze() throws IOException, InterruptedException {
    process.freeze();
  }

  void thaw() throws IOException, InterruptedException {
    process.thaw();
  }

  @Override
  public void close() {
    process.close();
  }

  public static void main(String[] args) {
    Speaks speaks = Speaks.valueOf(args[0]);
    HttpServerOptions options =
        new HttpServerOptions()
            .setUseAlpn(speaks == Speaks.H2)
            .setSsl(speaks != Speaks.H2C)
            .setKeyCertOptions(new PemKeyCertOptions().addCertPath(args[1]).addKeyPath(args[2]));
    Vertx.vertx()
        .createHttpServer(options)
        .requestHandler(
            request ->
                request
                    .response()
                    .end(Integer.toString(request.connection().localAddress().port())))
        .listen(0, "127.0.0.1")
        .onSuccess(open -> System.out.println(open.actualPort()));
  }
}
