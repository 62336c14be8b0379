package dev.banyan.app;

import dev.banyan.proxy.TlsListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** {@code banyan.tls.*}: whether, where and with what the data plane listens with TLS. */
final class TlsSettings {
  private static final int PORT = 8443;

  private TlsSettings() {}

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  static Optional<TlsListener> of(Config config) {
    Optional<Path> certificate = file(config, "banyan.tls.certificate");
    Optional<Path> key = file(config, "banyan.tls.key");
    Optional<Path> clientCa = file(config, "banyan.tls.client-ca");
    if (certificate.isEmpty() && key.isEmpty() && clientCa.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsListener(
            config.getOptionalValue("banyan.tls.port", Integer.class).orElse(PORT),
            certificate.orElseThrow(() -> missing("banyan.tls.certificate")),
            key.orElseThrow(() -> missing("banyan.tls.key")),
            clientCa));
  }

  /** The files that are named, to be watched. */
  static List<Path> files(Config config) {
    return Stream.of("banyan.tls.certificate", "banyan.tls.key", "banyan.tls.client-ca")
        .flatMap(name -> config.getOptionalValue(name, String.class).stream())
        .map(Path::of)
        .toList();
  }

  private static Optional<Path> file(Config config, String name) {
    Optional<Path> file = config.getOptionalValue(name, String.class).map(Path::of);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw new IllegalArgumentException(
          name + ": " + file.get() + " (expected: a PEM file that can be read)");
    }
    return file;
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(
        name + ": nothing (expected: a PEM file, as TLS is asked for)");
  }
}
