package dev.banyan.proxy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the facade listens with TLS, beside its plain port; HTTP/2 and HTTP/1.1 by ALPN. The files
 * can be read again while it listens.
 *
 * @param port 0 for any free one
 * @param certificate PEM file, the chain from the server's own on
 * @param key PEM file, PKCS #8
 * @param clientCa PEM file; where there is one, clients have to show a certificate that it signed
 */
public record TlsListener(int port, Path certificate, Path key, Optional<Path> clientCa) {}
