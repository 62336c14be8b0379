package dev.banyan.proxy;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where the facade listens with TLS, beside its plain port; HTTP/2 and HTTP/1.1 by ALPN.
 *
 * @param port 0 for any free one
 * @param certificate PEM file, the chain from the server's own on
 * @param key PEM file, PKCS #8
 * @param clientCa PEM file; where there is one, clients have to show a certificate that it signed
 */
public record TlsListener(int port, Path certificate, Path key, Optional<Path> clientCa) {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  void configure(HttpServerOptions options) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(keys());
    clientCa.ifPresent(
        ca ->
            options
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
  }

  private PemKeyCertOptions keys() {
    return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
  }
}
