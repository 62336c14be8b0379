package dev.banyan.suite;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what another process does in its own time. */
final class Await {
  private Await() {}

  static void until(Callable<Boolean> condition, String what) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(condition);
  }
}
