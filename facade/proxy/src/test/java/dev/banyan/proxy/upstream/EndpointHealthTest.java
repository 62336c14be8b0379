package dev.banyan.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.HealthPolicy;
import dev.banyan.rules.Share;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a URL is left out, and for how long. */
final class EndpointHealthTest {
  private static final long SECOND = 1_000_000_000;

  private final EndpointHealth health =
      new EndpointHealth(
          new HealthPolicy(
              Optional.of("/"),
              Duration.ofSeconds(1),
              2,
              Duration.ofSeconds(10),
              Share.NONE,
              HealthPolicy.InPanic.USE_ALL));

  @Test
  void failuresInARowEjectAndAnAnswerBetweenThemDoesNot() {
    health.failed(0);
    health.answered();
    health.failed(0);
    assertThat(health.isWell(0)).isTrue();
    health.failed(0);
    assertThat(health.isWell(0)).isFalse();
  }

  @Test
  void eachRestInARowIsTwiceAsLongUpToABound() {
    long now = 0;
    for (long rest : new long[] {10, 20, 40, 80, 160, 300, 300}) {
      health.failed(now);
      health.failed(now);
      assertThat(health.isWell(now + rest * SECOND - 1)).as("rest of %s s", rest).isFalse();
      now += rest * SECOND;
      assertThat(health.isWell(now)).as("after %s s", rest).isTrue();
    }
    health.answered();
    health.failed(now);
    health.failed(now);
    assertThat(health.isWell(now + 10 * SECOND)).isTrue();
  }

  @Test
  void whatTheProberFindsSickIsSickUntilItFindsItWell() {
    health.probeFailed();
    assertThat(health.isWell(0)).isTrue();
    health.probeFailed();
    assertThat(health.isWell(0)).isFalse();
    health.answered();
    assertThat(health.isWell(0)).isFalse();
    health.probed();
    assertThat(health.isWell(0)).isTrue();
  }
}
