package dev.banyan.proxy.edge;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many files the process may hold open and did when this was asked. A facade that reaches its
 * limit can neither accept nor connect, and may not even load the class that would say so.
 *
 * @param limit of the process
 * @param open of them
 * @param told whether the system says so; else both are what is usual
 */
record OpenFiles(long limit, long open, boolean told) {
  private static final OpenFiles USUAL = new OpenFiles(1024, 100, false);
  private static final String LIMIT_LINE = "Max open files";
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path OPEN = Path.of("/proc/self/fd");

  static OpenFiles now() {
    try {
      for (String line : Files.readAllLines(LIMITS)) {
        if (line.startsWith(LIMIT_LINE)) {
          String soft = line.substring(LIMIT_LINE.length()).strip().split(" ", 2)[0];
          long limit = soft.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(soft);
          return new OpenFiles(limit, countOpen(), true);
        }
      }
    } catch (IOException | NumberFormatException elsewhere) {
      return USUAL;
    }
    return USUAL;
  }

  private static long countOpen() throws IOException {
    long count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(OPEN)) {
      for (Path file : files) {
        count += file.getNameCount() > 0 ? 1 : 0;
      }
    }
    return count;
  }
}
