package dev.banyan.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The migrated sample module as a real process. */
record Catalog(Process process, int port) implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("catalog: listening on http://127\\.0\\.0\\.1:(\\d+)");

  static Catalog start(Path folder) throws IOException {
    Path output = folder.resolve("catalog.out");
    Process process =
        Processes.start(
            Processes.jar("migrated-modules/catalog/target/quarkus-app/quarkus-run.jar"),
            output,
            List.of("--port", "0", "--data", folder.resolve("catalog-data").toString()));
    return new Catalog(process, Integer.parseInt(Processes.awaitLine(process, output, LISTENING)));
  }

  @Override
  public void close() {
    Processes.stop(process);
  }
}
