package dev.banyan.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the admin port is and which token opens it. */
final class Connection {
  @Option(
      names = "--admin",
      paramLabel = "URL",
      description = "The admin port (else $BANYAN_ADMIN, else DATA/admin-url).")
  @Nullable String admin;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "The file with the admin token (else $BANYAN_TOKEN_FILE, $BANYAN_TOKEN, DATA/admin-token).")
  @Nullable Path tokenFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The facade's data folder (else $BANYAN_DATA, else .banyan).")
  @Nullable Path data;

  /** A found admin port; the origins are for messages. */
  record Place(URI url, String urlFrom, String token, String tokenFrom) {}

  Place find(Map<String, String> environment) {
    var folder = folder(environment);
    var url = url(environment, folder);
    if (tokenFile != null) {
      return withToken(url, tokenFile);
    }
    var named = environment.get("BANYAN_TOKEN_FILE");
    if (named != null && !named.isBlank()) {
      return withToken(url, Path.of(named));
    }
    var token = environment.get("BANYAN_TOKEN");
    if (token != null && !token.isBlank()) {
      return new Place(url.url(), url.urlFrom(), clean(token, "$BANYAN_TOKEN"), "$BANYAN_TOKEN");
    }
    return withToken(url, folder.resolve("admin-token"));
  }

  private Path folder(Map<String, String> environment) {
    if (data != null) {
      return data.toAbsolutePath().normalize();
    }
    var named = environment.get("BANYAN_DATA");
    var folder = named == null || named.isBlank() ? Path.of(".banyan") : Path.of(named);
    return folder.toAbsolutePath().normalize();
  }

  private Place url(Map<String, String> environment, Path folder) {
    if (admin != null) {
      return new Place(parse(admin, "--admin"), "--admin", "", "");
    }
    var named = environment.get("BANYAN_ADMIN");
    if (named != null && !named.isBlank()) {
      return new Place(parse(named, "$BANYAN_ADMIN"), "$BANYAN_ADMIN", "", "");
    }
    var file = folder.resolve("admin-url");
    if (!Files.isRegularFile(file)) {
      throw new CommandFailed(
          "No running facade found.",
          "Tried: --admin (not given), $BANYAN_ADMIN (not set), " + file + " (not there).",
          "Cure: name the facade's data folder with --data DIR, or its admin port with --admin"
              + " http://127.0.0.1:9000; or start one: ./banyan run --rules FILE");
    }
    return new Place(parse(read(file), file.toString()), file.toString(), "", "");
  }

  private static Place withToken(Place url, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailed(
          "No admin token found.",
          "Tried: " + file + " (not there).",
          "Cure: --token-file FILE, or --data DIR with the facade's data folder.");
    }
    var token = clean(read(file), file.toString());
    return new Place(url.url(), url.urlFrom(), token, file.toString());
  }

  private static String clean(String token, String from) {
    var text = token.strip();
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new CommandFailed(
          "admin token in " + from + ": not usable (expected: one line of printable ASCII)");
    }
    return text;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandFailed(
          "Cannot read " + file + ": " + e,
          "Cure: run this as the user that runs the facade; the file is for its owner only.");
    }
  }

  private static URI parse(String text, String from) {
    try {
      var uri = URI.create(text.strip().replaceAll("/+$", ""));
      if (uri.getHost() != null && uri.getScheme() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, in the same words as a URL of another scheme
    }
    throw new CommandFailed(
        "admin URL from " + from + ": " + text + " (expected: http://HOST:PORT)");
  }
}
