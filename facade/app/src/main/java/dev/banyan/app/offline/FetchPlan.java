package dev.banyan.app.offline;

import dev.banyan.app.reflection.GrpcServer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManager;

/**
 * What a fetch of descriptors was asked to do.
 *
 * @param shown the file as it was written
 * @param out the file that is replaced, links followed
 * @param services full names; none for all
 */
record FetchPlan(GrpcServer server, String shown, Path out, Set<String> services, boolean json) {

  static FetchPlan of(List<String> words) throws WrongUsage {
    Arguments arguments =
        Arguments.parse(words, List.of("--out", "--service", "--tls-ca"), List.of("--json"));
    if (arguments.places().size() != 1) {
      throw new WrongUsage("URL: " + arguments.places() + " (expected: one)");
    }
    String out = arguments.value("--out").orElse("");
    return new FetchPlan(
        server(arguments.places().getFirst(), arguments.value("--tls-ca")),
        out,
        file(out),
        Set.copyOf(arguments.all("--service")),
        arguments.has("--json"));
  }

  private static GrpcServer server(String word, Optional<String> authority) throws WrongUsage {
    URI url = url(word);
    if (authority.isEmpty()) {
      return new GrpcServer(url, List.of());
    }
    if (!url.getScheme().equals("https")) {
      throw new WrongUsage("--tls-ca: " + authority.get() + " (expected: only with https://)");
    }
    List<TrustManager> trusted = TrustedAuthority.read(authority.get());
    return new GrpcServer(url, trusted);
  }

  private static URI url(String word) throws WrongUsage {
    try {
      URI url = new URI(word);
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (scheme.matches("https?")
          && url.getHost() != null
          && url.getPort() <= 65535
          && List.of("", "/").contains(url.getRawPath())
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return new URI(scheme + "://" + url.getHost() + ":" + port);
      }
    } catch (URISyntaxException notOne) {
      // Told below.
    }
    throw new WrongUsage(
        "URL: "
            + word
            + " (expected: http://HOST:PORT, or https://HOST:PORT for TLS, with nothing behind it)");
  }

  /** A place that can be written to is wanted before anybody is asked. */
  private static Path file(String word) throws WrongUsage {
    try {
      Path file = Path.of(word).toAbsolutePath();
      Path parent = file.getParent();
      if (!word.isEmpty()
          && parent != null
          && Files.isDirectory(parent)
          && (Files.isRegularFile(file) || Files.notExists(file))) {
        return Files.exists(file) ? file.toRealPath() : file;
      }
    } catch (InvalidPathException | IOException notOne) {
      // Told below.
    }
    throw new WrongUsage("--out: " + word + " (expected: a file, in a folder that is there)");
  }
}
