package dev.banyan.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL server that outlived the process that started it, as after {@code kill -9}.
 *
 * @param process the postmaster
 * @param data the cluster that it serves
 */
record LeftoverPostmaster(ProcessHandle process, Path data) {

  private static final int STOPS_WITHIN_SECONDS = 20;

  /** The postmaster that serves this cluster, if one does. */
  static Optional<LeftoverPostmaster> in(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    // Line 1 is the process id, line 2 the data folder that it serves.
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.size() < 2 || !servesSame(Path.of(lines.get(1)), data)) {
      return Optional.empty();
    }
    return processOf(lines.get(0))
        .filter(LeftoverPostmaster::isPostgres)
        .map(process -> new LeftoverPostmaster(process, data));
  }

  private static boolean servesSame(Path written, Path data) throws IOException {
    return Files.exists(written) && Files.isSameFile(written, data);
  }

  private static Optional<ProcessHandle> processOf(String pid) {
    try {
      return ProcessHandle.of(Long.parseLong(pid.strip())).filter(ProcessHandle::isAlive);
    } catch (NumberFormatException damaged) {
      return Optional.empty();
    }
  }

  /** Ids are used again: after a reboot the number may belong to anybody. */
  private static boolean isPostgres(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
        .orElse(false);
  }

  /** Stops it the fast way: sessions are ended, data is written. */
  void stop() {
    try {
      // SIGINT is PostgreSQL's fast shutdown; Java itself can only send SIGTERM, which waits for
      // the clients.
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      process.onExit().get(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while stopping " + this, interrupted);
    } catch (IOException | ExecutionException | TimeoutException failure) {
      throw new IllegalStateException(
          "postmaster: "
              + process.pid()
              + " still serves "
              + data
              + " (expected: gone within "
              + STOPS_WITHIN_SECONDS
              + " s)",
          failure);
    }
  }
}
