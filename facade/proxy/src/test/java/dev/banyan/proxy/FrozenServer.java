package dev.banyan.proxy;

import dev.banyan.rules.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

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

  private final Process process;
  private final Speaks speaks;
  private final int port;

  FrozenServer(Speaks speaks, TestCertificate identity) throws IOException {
    this.speaks = speaks;
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FrozenServer.class.getName(),
                speaks.name(),
                identity.certificate().toString(),
                identity.key().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    port = Integer.parseInt(out.readLine());
  }

  /** What it answers to everything. */
  String word() {
    return Integer.toString(port);
  }

  URI url() {
    return URI.create((speaks == Speaks.H2C ? "http" : "https") + "://127.0.0.1:" + port);
  }

  /** The kernel goes on taking connections. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int ended = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    if (ended != 0) {
      throw new IllegalStateException("kill " + signal + ": " + ended + " (expected: 0)");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
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
