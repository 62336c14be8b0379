package dev.banyan.proxy.edge;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many files the process may hold open and does. A facade that reaches its limit can neither
 * accept nor connect, and may not even load the class that would say so.
 */
final class OpenFiles {
  /** Where nobody says: what most systems give. */
  private static final long USUAL_LIMIT = 1024;

  private static final long USUALLY_OPEN = 100;
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path OPEN = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /**
   * Connections of clients that may be held: the files that are left now, less what upstreams, logs
   * and classes want, a tenth at least and more where there are few.
   */
  static int connections() {
    return connections(limit(), open());
  }

  static int connections(long limit, long open) {
    long left = Math.max(0, limit - open);
    long kept = Math.max(left / 10, Math.min(256, left / 4));
    return Math.clamp(left - kept, 16, Integer.MAX_VALUE);
  }

  private static long limit() {
    try {
      for (String line : Files.readAllLines(LIMITS)) {
        if (line.startsWith("Max open files")) {
          String soft = line.substring("Max open files".length()).strip().split(" ", 2)[0];
          return soft.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(soft);
        }
      }
    } catch (IOException | NumberFormatException elsewhere) {
      return USUAL_LIMIT;
    }
    return USUAL_LIMIT;
  }

  private static long open() {
    long count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(OPEN)) {
      for (Path file : files) {
        count += file.getNameCount() > 0 ? 1 : 0;
      }
      return count;
    } catch (IOException elsewhere) {
      return USUALLY_OPEN;
    }
  }
}
