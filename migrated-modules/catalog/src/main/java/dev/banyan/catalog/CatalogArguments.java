package dev.banyan.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for; what it leaves open is left to the configuration.
 *
 * @param port to listen on, 0 for any free one
 * @param host to listen on
 * @param data folder that the embedded database lives in; without it, a temporary one
 */
record CatalogArguments(Optional<Integer> port, Optional<String> host, Optional<Path> data) {

  static final String USAGE =
      "usage: java -jar quarkus-run.jar [--port PORT] [--host HOST] [--data DIR]";

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  static CatalogArguments parse(List<String> args) {
    Optional<Integer> port = Optional.empty();
    Optional<String> host = Optional.empty();
    Optional<Path> data = Optional.empty();

    for (int at = 0; at < args.size(); at += 2) {
      String name = args.get(at);
      if (!List.of("--port", "--host", "--data").contains(name)) {
        throw new IllegalArgumentException(
            "argument: " + name + " (expected: --port, --host or --data)");
      }
      if (at + 1 == args.size()) {
        throw new IllegalArgumentException(name + ": nothing (expected: a value)");
      }
      String value = args.get(at + 1);
      switch (name) {
        case "--port" -> port = Optional.of(portOf(value));
        case "--host" -> host = Optional.of(value);
        default -> data = Optional.of(Path.of(value));
      }
    }
    return new CatalogArguments(port, host, data);
  }

  private static int portOf(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, together with numbers that are no port.
    }
    throw new IllegalArgumentException("--port: " + value + " (expected: 0 to 65535)");
  }
}
