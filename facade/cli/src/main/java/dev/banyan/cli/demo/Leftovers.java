package dev.banyan.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes that work in the demo's folder although who started them is gone: a database detaches
 * itself, and a module that is stopped while it starts one does not know it yet.
 */
final class Leftovers {
  private static final Duration FORCED_AFTER = Duration.ofSeconds(3);
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(6);
  private static final int QUIET_LOOKS = 3;

  private Leftovers() {}

  /** Ends them; looks again, as one may just be starting the next. */
  static void end(Path folder) {
    var begun = System.nanoTime();
    for (int quiet = 0; quiet < QUIET_LOOKS; quiet++) {
      var found = in(folder);
      var elapsed = System.nanoTime() - begun;
      if (elapsed > GIVEN_UP_AFTER.toNanos()) {
        return;
      }
      if (!found.isEmpty()) {
        quiet = -1;
        found.forEach(
            elapsed > FORCED_AFTER.toNanos()
                ? ProcessHandle::destroyForcibly
                : ProcessHandle::destroy);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  /** The folder's name is random, so whoever names it in its arguments belongs to this demo. */
  private static List<ProcessHandle> in(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(
            process ->
                process.info().arguments().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(argument -> argument.contains(folder.toString())))
        .toList();
  }
}
