package dev.banyan.app.background;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** How nice threads of this process are, as Linux tells. */
final class NiceOfThreads {
  private NiceOfThreads() {}

  static int own() throws IOException {
    return of(Path.of("/proc/thread-self"));
  }

  /** The different ones among those whose name begins so. */
  static Set<Integer> named(String begin) throws IOException {
    Set<Integer> found = new HashSet<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      for (Path thread : threads.toList()) {
        try {
          if (Files.readString(thread.resolve("comm")).startsWith(begin)) {
            found.add(of(thread));
          }
        } catch (NoSuchFileException ended) {
          // is none of them any more
        }
      }
    }
    return found;
  }

  /** The 19th field of stat(5); the name before it may have blanks of its own. */
  private static int of(Path thread) throws IOException {
    String stat = Files.readString(thread.resolve("stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }
}
