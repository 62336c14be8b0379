package dev.banyan.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server that outlived the process that started it, as after {@code kill -9}.
 *
 * @param process the postmaster
 * @param data the cluster that it serves
 */
record LeftoverPostmaster(ProcessHandle process, Path data) {
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);
  private static final long LOOKS_EVERY_MILLIS = 20;
  private static final Duration WRITES_ITS_FILE_WITHIN = Duration.ofSeconds(10);

  /**
   * Leaves the cluster without a postmaster: one that still serves it is stopped, and the file of
   * one that is no more is removed, as PostgreSQL refuses to start while any process has its
   * number.
   */
  static void clear(Path data) throws IOException {
    Optional<LeftoverPostmaster> running = in(data);
    if (running.isPresent()) {
      running.get().stop();
    }
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  /** The postmaster that serves this cluster, if one does. */
  static Optional<LeftoverPostmaster> in(Path data) throws IOException {
    // Line 1 is the process id, line 2 the data folder, line 3 the start in seconds.
    List<String> lines = lines(data.resolve("postmaster.pid"));
    if (lines.size() < 3) {
      return Optional.empty();
    }
    return number(lines.get(0))
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(LeftoverPostmaster::isPostgres)
        .filter(process -> serves(process, data, lines.get(2)))
        .map(process -> new LeftoverPostmaster(process, data));
  }

  private static List<String> lines(Path pidFile) throws IOException {
    try {
      return Files.readAllLines(pidFile);
    } catch (NoSuchFileException stopped) {
      return List.of();
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
        .orElse(false);
  }

  /**
   * Numbers are used again: after a reboot this one may belong to anybody, to the postmaster of
   * another cluster as well.
   */
  private static boolean serves(ProcessHandle process, Path data, String written) {
    Optional<String[]> arguments = process.info().arguments();
    if (arguments.isPresent()) {
      List<String> words = List.of(arguments.get());
      int folder = words.indexOf("-D") + 1;
      return folder > 0 && folder < words.size() && isSame(Path.of(words.get(folder)), data);
    }
    // Where the system does not tell the arguments, the moment of the start has to do.
    Optional<Instant> begun = process.info().startInstant();
    Optional<Instant> said = number(written).map(Instant::ofEpochSecond);
    return begun.isPresent()
        && said.isPresent()
        && Duration.between(begun.get(), said.get()).abs().compareTo(WRITES_ITS_FILE_WITHIN) < 0;
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException gone) {
      return false;
    }
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException damaged) {
      return Optional.empty();
    }
  }

  /** Stops it the fast way: sessions are ended, data is written. */
  private void stop() throws IOException {
    long deadline = System.nanoTime() + STOPS_WITHIN.toNanos();
    try {
      // SIGINT is PostgreSQL's fast shutdown; Java itself can only send SIGTERM, which waits for
      // the clients.
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      // Not by onExit(), which looks seldom, and waits for a zombie that nobody reaps.
      while (in(data).isPresent()) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "postmaster: "
                  + process.pid()
                  + " still serves "
                  + data
                  + " (expected: gone within "
                  + STOPS_WITHIN.toSeconds()
                  + " s)");
        }
        TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping " + this, interrupted);
    }
  }
}
