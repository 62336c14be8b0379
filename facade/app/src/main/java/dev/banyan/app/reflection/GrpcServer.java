package dev.banyan.app.reflection;

import java.net.URI;
import java.util.List;
import javax.net.ssl.TrustManager;

/**
 * A server of gRPC.
 *
 * @param url {@code http://HOST:PORT} for HTTP/2 without TLS, {@code https://HOST:PORT} with
 * @param trusted who tells whether its certificate can be trusted; empty for Java's own authorities
 */
public record GrpcServer(URI url, List<TrustManager> trusted) {
  public GrpcServer {
    trusted = List.copyOf(trusted);
  }

  boolean usesTls() {
    return url.getScheme().equals("https");
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
