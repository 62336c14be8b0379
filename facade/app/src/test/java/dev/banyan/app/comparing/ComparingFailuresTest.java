package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the log hears of what could not be compared. */
class ComparingFailuresTest {
  private final Logger log = Logger.getLogger(ComparingFailures.class.getName());
  private final List<String> lines = new ArrayList<>();
  private final Handler kept =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);
  private final ComparingFailures failures = new ComparingFailures(() -> now);

  @BeforeEach
  void listen() {
    log.addHandler(kept);
  }

  @AfterEach
  void leave() {
    log.removeHandler(kept);
  }

  @Test
  void aRouteIsToldOfOnceAMinuteWithHowManyThereWere() {
    tell("a", 100);
    tell("b", 1);
    now += TimeUnit.SECONDS.toNanos(61);
    tell("a", 1);

    assertThat(lines)
        .containsExactly(
            "lost: routeId=a failures=1",
            "lost: routeId=b failures=1",
            "lost: routeId=a failures=100");
  }

  private void tell(String routeId, int times) {
    for (int i = 0; i < times; i++) {
      failures.tell("lost", routeId, new OutOfMemoryError("quotes a secret"));
    }
  }
}
