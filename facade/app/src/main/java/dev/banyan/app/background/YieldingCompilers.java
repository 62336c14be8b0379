package dev.banyan.app.background;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Has the compilers of this Java let requests go first, once the busiest code is compiled. They go
 * on for minutes, for many milliseconds at a time, and a core that is more than half busy gives
 * them their share at the cost of who waits for an answer. As long as they have much to do it is
 * they who make requests cheap, and they keep their share. Systems other than Linux are not asked,
 * and nothing relies on it.
 */
public final class YieldingCompilers {
  private static final Logger LOG = System.getLogger(YieldingCompilers.class.getName());
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(10);

  /** Steps of nice(1): still a tenth of a core that others want wholly. */
  private static final int STEPS = 10;

  private final Duration pause;
  private final Rounds rounds;
  private Work before = new Work(Duration.ZERO, Duration.ZERO);

  public YieldingCompilers() {
    this(LOOKS_EVERY);
  }

  YieldingCompilers(Duration pause) {
    this.pause = pause;
    this.rounds =
        new Rounds(Thread.ofPlatform().daemon().name("yielding-compilers"), pause, this::look);
  }

  /** Returns at once; looks every now and then whether it is time, and no more after that. */
  public void start() {
    if (CompilerThreads.areKnown()) {
      rounds.start();
    }
  }

  private void look() {
    try {
      Work now = Work.sinceBegin();
      if (now.since(before).isOfWarm(pause)) {
        CompilerThreads.lower(STEPS);
        rounds.stop();
      }
      before = now;
    } catch (IOException | RuntimeException | LinkageError unknown) {
      LOG.log(Level.DEBUG, "compilers keep their priority", unknown);
      rounds.stop();
    }
  }

  /**
   * Time of the processor.
   *
   * @param all of the whole process, compilers included
   */
  record Work(Duration all, Duration compiling) {
    /** Of one core; with less to do nobody has to wait for compilers. */
    private static final double BUSY = 0.25;

    /** Of what the process does. */
    private static final double HARDLY_COMPILING = 0.15;

    static Work sinceBegin() throws IOException {
      return new Work(
          ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
          CompilerThreads.used());
    }

    Work since(Work before) {
      return new Work(all.minus(before.all), compiling.minus(before.compiling));
    }

    /**
     * Whether there was traffic, and little to compile for it.
     *
     * @param within in what time this was done
     */
    boolean isOfWarm(Duration within) {
      return all.toNanos() >= BUSY * within.toNanos()
          && compiling.toNanos() <= HARDLY_COMPILING * all.toNanos();
    }
  }
}
