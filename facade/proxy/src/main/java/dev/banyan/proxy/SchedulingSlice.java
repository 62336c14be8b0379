package dev.banyan.proxy;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A wish to the Linux scheduler: that this thread runs in short slices. It gets no more of the
 * processor than before, but gets it sooner: who asks for short slices is let before a thread that
 * computes, such as the one that compares, instead of waiting until that one's slice (some
 * milliseconds) is over. Kernels before 6.12 do not know the wish and other systems are not asked:
 * nothing relies on it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sched_setattr.2.html">sched_setattr(2)</a>
 */
final class SchedulingSlice {
  private static final System.Logger LOG = System.getLogger(SchedulingSlice.class.getName());

  /** Shorter than what a comparison takes; the kernel grants 100 us at the least. */
  private static final long NANOS = 100_000;

  /** {@code struct sched_attr} up to its deadline fields; the slice is its {@code runtime}. */
  private static final long BYTES = 48;

  private static final long SLICE = 24;

  private SchedulingSlice() {}

  /**
   * Asks for the calling thread.
   *
   * @return whether the kernel took it
   */
  static boolean shorten() {
    Calls calls = Calls.ofThisSystem();
    if (calls == null) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      // Read first: what else is set for this thread, as by nice(1), stays.
      MemorySegment attributes = arena.allocate(BYTES, Long.BYTES);
      if (calls.make(calls.get(), attributes, BYTES) != 0) {
        return false;
      }
      attributes.set(JAVA_LONG, SLICE, NANOS);
      return calls.make(calls.set(), attributes, 0) == 0;
    } catch (RuntimeException | LinkageError unknown) {
      LOG.log(System.Logger.Level.DEBUG, "event loops keep the scheduler's slices", unknown);
      return false;
    }
  }

  /** The numbers of two calls that the C library does not always have by name. */
  private record Calls(MethodHandle syscall, long set, long get) {
    static @Nullable Calls ofThisSystem() {
      if (!System.getProperty("os.name", "").equals("Linux")) {
        return null;
      }
      return switch (System.getProperty("os.arch", "")) {
        case "amd64" -> new Calls(link(), 314, 315);
        case "aarch64" -> new Calls(link(), 274, 275);
        default -> null;
      };
    }

    @SuppressWarnings("restricted") // a call whose number, arguments and sizes are the kernel's
    private static MethodHandle link() {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
    }

    /** For the calling thread; reading takes the size of the structure. */
    long make(long call, MemorySegment attributes, long size) {
      try {
        return (long) syscall.invokeExact(call, 0L, attributes, size, 0L);
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
