package dev.banyan.app.background;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The threads that compile for this Java, as Linux knows them: each has a priority of its own.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/setpriority.2.html">setpriority(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
final class CompilerThreads {
  private static final Path ALL = Path.of("/proc/self/task");
  private static final int LEAST_PRIORITY = 19;

  /** {@code PRIO_PROCESS}, which means a thread where its number is given. */
  private static final int OF_THREAD = 0;

  private static final int CALLING_THREAD = 0;

  /** What Linux counts processor time in, on every architecture that Java runs on. */
  private static final Duration TICK = Duration.ofMillis(10);

  /** {@code utime} and {@code stime}, counted from the field after the name. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  private CompilerThreads() {}

  static boolean areKnown() {
    return System.getProperty("os.name", "").equals("Linux") && Files.isDirectory(ALL);
  }

  /** What those that are there have used of the processor. */
  static Duration used() throws IOException {
    long ticks = 0;
    for (Path thread : all()) {
      ticks += ticks(thread);
    }
    return TICK.multipliedBy(ticks);
  }

  private static long ticks(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      // The name stands in brackets and may have blanks of its own.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    } catch (IOException ended) {
      return 0;
    }
  }

  /**
   * Gives them a lower priority than the calling thread has. Compilers that begin later are begun
   * by one of these, and have theirs.
   *
   * @param steps as nice(1) counts
   * @return how many have it now
   */
  static int lower(int steps) throws IOException {
    Priorities priorities = Priorities.ofThisSystem();
    int nice = Math.min(LEAST_PRIORITY, priorities.of(CALLING_THREAD) + steps);
    int lowered = 0;
    for (Path thread : all()) {
      if (priorities.set(Integer.parseInt(thread.getFileName().toString()), nice)) {
        lowered++;
      }
    }
    return lowered;
  }

  private static List<Path> all() throws IOException {
    try (Stream<Path> threads = Files.list(ALL)) {
      return threads.filter(CompilerThreads::compiles).toList();
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static boolean compiles(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
    } catch (IOException ended) {
      return false;
    }
  }

  /** The C library's two functions for the priorities of threads. */
  private record Priorities(MethodHandle get, MethodHandle set) {
    @SuppressWarnings("restricted") // two functions of POSIX, which take and return numbers
    static Priorities ofThisSystem() {
      Linker linker = Linker.nativeLinker();
      return new Priorities(
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("getpriority"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT)),
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)));
    }

    int of(int thread) {
      try {
        return (int) get.invokeExact(OF_THREAD, thread);
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    boolean set(int thread, int nice) {
      try {
        return (int) set.invokeExact(OF_THREAD, thread, nice) == 0;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
