package dev.banyan.app.seen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.seen.RouteCounters.Judged;
import dev.banyan.app.seen.RouteCounters.Served;
import dev.banyan.rules.Side;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteCountersTest {
  private final RouteCounters counters = new RouteCounters();

  @Test
  void answersAndFailuresAreToldApart() {
    served(200, null);
    served(204, null);
    served(503, null);
    served(0, "answer-timeout");

    assertThat(counters.servedCounts())
        .hasSize(3)
        .containsEntry(new Served("legacy", "shadow", "2xx", "none"), 2L)
        .containsEntry(new Served("legacy", "shadow", "5xx", "none"), 1L)
        .containsEntry(new Served("legacy", "shadow", "none", "answer-timeout"), 1L);
  }

  @Test
  void aBudgetLooksAtFailuresAndLateAnswersAndNotAtClientsThatLeft() {
    served(404, null);
    served(500, null);
    served(0, "connect-refused");
    served(0, "client-left");

    // Both answers took longer than the 10 ms of the budget.
    assertThat(counters.judged()).isEqualTo(new Judged(3, 2, 2));
  }

  @Test
  void aRequestThatFellBackIsOneOfLegacyAndAFailureOfTheMigratedSide() {
    counters.served(Seen.fallenBack("answer-timeout", 200, null));
    counters.served(Seen.fallenBack("answer-timeout", 503, null));
    counters.served(Seen.fallenBack("connect-refused", 0, "connect-refused"));

    assertThat(counters.servedCounts())
        .hasSize(3)
        .containsEntry(new Served("legacy", "live", "2xx", "none"), 1L)
        .containsEntry(new Served("legacy", "live", "5xx", "none"), 1L)
        .containsEntry(new Served("legacy", "live", "none", "connect-refused"), 1L);
    assertThat(counters.fallbackCounts())
        .containsExactly(Map.entry("answer-timeout", 2L), Map.entry("connect-refused", 1L));
    assertThat(counters.retries()).isEqualTo(6);
    assertThat(answersOf(Side.LEGACY)).isEqualTo(3);
    assertThat(answersOf(Side.MIGRATED)).isZero();
    // As the clients saw it: one good answer, two bad ones.
    assertThat(counters.judged().requests()).isEqualTo(3);
    assertThat(counters.judged().failed()).isEqualTo(2);
  }

  @Test
  void reasonsThatNobodyForesawDoNotGrowWithoutBound() {
    for (int i = 0; i < 10_000; i++) {
      counters.skipped("reason-" + i);
    }

    assertThat(counters.skippedCounts()).hasSizeLessThan(300).containsKey("other");
  }

  private long answersOf(Side side) {
    long[] upTo = counters.durations().getOrDefault(side, new Latency()).cumulative();
    return upTo[upTo.length - 1];
  }

  private void served(int status, @Nullable String failure) {
    counters.served(Seen.exchange("/", status, failure));
  }
}
