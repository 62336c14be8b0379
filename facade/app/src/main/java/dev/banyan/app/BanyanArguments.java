package dev.banyan.app;

import dev.banyan.app.privacy.KeepValues;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code banyan run} was asked for.
 *
 * @param rules file or folder
 * @param host the data plane listens there
 * @param port of the data plane; 0 for any free one
 * @param adminHost the admin side listens there
 * @param adminPort of the admin side
 * @param data folder of token, last table, contracts and embedded database
 * @param store whether values are kept at all
 */
record BanyanArguments(
    Path rules,
    String host,
    int port,
    String adminHost,
    int adminPort,
    Path data,
    KeepValues store) {
  static final String USAGE =
      """
      usage: banyan run --rules FILE_OR_DIR [--host 127.0.0.1] [--port 8080] [--data DIR]
                        [--admin-host 127.0.0.1] [--admin-port 9000] [--store full|paths-only]
             banyan rules check PATH [--json]
             banyan descriptors fetch URL --out FILE [--service NAME]... [--tls-ca FILE] [--json]
             banyan contracts verify FILE... --target URL [--rules FILE_OR_DIR] [--profile NAME]
                        [--report ADMIN_URL --token-file FILE [--version VERSION]] [--json]
      """;
  private static final List<String> NAMES =
      List.of("--rules", "--host", "--port", "--admin-host", "--admin-port", "--data", "--store");

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  static BanyanArguments parse(List<String> args, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    for (int at = 0; at < args.size(); at += 2) {
      String name = args.get(at);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "argument: " + name + " (expected: one of " + String.join(", ", NAMES) + ")");
      }
      if (at + 1 == args.size()) {
        throw new IllegalArgumentException(name + ": nothing (expected: a value)");
      }
      given.put(name, args.get(at + 1));
    }
    String rules = given.get("--rules");
    if (rules == null) {
      throw new IllegalArgumentException(
          "--rules: nothing (expected: a rule file or a folder of them)");
    }
    String data = given.getOrDefault("--data", environment.getOrDefault("BANYAN_DATA", ".banyan"));
    return new BanyanArguments(
        Path.of(rules),
        given.getOrDefault("--host", "127.0.0.1"),
        port("--port", given.getOrDefault("--port", "8080")),
        given.getOrDefault("--admin-host", "127.0.0.1"),
        port("--admin-port", given.getOrDefault("--admin-port", "9000")),
        Path.of(data),
        KeepValues.of(
            given.getOrDefault("--store", environment.getOrDefault("BANYAN_STORE", "full"))));
  }

  private static int port(String name, String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, like a number that is no port.
    }
    throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to 65535)");
  }
}
