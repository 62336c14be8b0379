package dev.banyan.app.background;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Has the compilers of this Java let requests go first, once the busiest code is compiled. They go
 * on for minutes, for many milliseconds at a time, and a core that is more than half busy gives
 * them their share at the cost of who waits for an answer. On Linux each thread has a priority of
 * its own; other systems are not asked, and nothing relies on it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/setpriority.2.html">setpriority(2)</a>
 */
public final class YieldingCompilers {
  private static final Logger LOG = System.getLogger(YieldingCompilers.class.getName());

  /** At first it is they who make requests cheap: they have their whole share then. */
  private static final Duration WHOLE_SHARE = Duration.ofSeconds(20);

  /** Steps of nice(1): still a tenth of a core that others want wholly. */
  private static final int NICER = 10;

  private static final int LEAST_PRIORITY = 19;

  /** {@code PRIO_PROCESS}, which means a thread where its number is given. */
  private static final int OF_THREAD = 0;

  private static final int CALLING_THREAD = 0;

  private YieldingCompilers() {}

  /** Returns at once; they yield some seconds later, for good. */
  public static void startLater() {
    CompletableFuture.delayedExecutor(WHOLE_SHARE.toNanos(), TimeUnit.NANOSECONDS)
        .execute(YieldingCompilers::yieldFromNowOn);
  }

  /**
   * Compilers that begin later are begun by one of these, and have its priority.
   *
   * @return how many threads yield now
   */
  static int yieldFromNowOn() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return 0;
    }
    try {
      Priorities priorities = Priorities.ofThisSystem();
      int nice = Math.min(LEAST_PRIORITY, priorities.of(CALLING_THREAD) + NICER);
      int yielding = 0;
      for (int thread : compilers()) {
        if (priorities.set(thread, nice)) {
          yielding++;
        }
      }
      return yielding;
    } catch (IOException | RuntimeException | LinkageError unknown) {
      LOG.log(Level.DEBUG, "compilers keep their priority", unknown);
      return 0;
    }
  }

  private static List<Integer> compilers() throws IOException {
    List<Integer> found = new ArrayList<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      for (Path thread : threads.toList()) {
        if (isCompiler(thread)) {
          found.add(Integer.valueOf(thread.getFileName().toString()));
        }
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
    return found;
  }

  private static boolean isCompiler(Path thread) {
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
