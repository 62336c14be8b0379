package dev.banyan.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A service of {@code migrated-modules/catalog-fastapi} as a real process. */
record FastApi(Process process, int port) implements AutoCloseable {
  /** Debian's own Python first: its packages are not seen by others on the PATH. */
  private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

  private static final Pattern LISTENING =
      Pattern.compile("Uvicorn running on http://127\\.0\\.0\\.1:(\\d+)");

  /** A Python that has FastAPI and uvicorn; empty where there is none. */
  static Optional<String> python() throws InterruptedException {
    for (String python : PYTHONS) {
      try {
        Process check =
            new ProcessBuilder(python, "-c", "import fastapi, uvicorn")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (check.waitFor(60, TimeUnit.SECONDS) && check.exitValue() == 0) {
          return Optional.of(python);
        }
      } catch (IOException notThere) {
        // The next one, then.
      }
    }
    return Optional.empty();
  }

  /**
   * @param service {@code catalog} or {@code sample}
   */
  static FastApi start(String python, String service, Path folder) throws IOException {
    Path output = Files.createTempFile(folder, service, ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
                python, "-m", "uvicorn", service + ":app", "--port", "0", "--no-access-log")
            .directory(Processes.HOME.resolve("migrated-modules/catalog-fastapi").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Processes.stop(process)));
    return new FastApi(process, Integer.parseInt(Processes.awaitLine(process, output, LISTENING)));
  }

  @Override
  public void close() {
    Processes.stop(process);
  }
}
