package dev.banyan.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.proxy.upstream.UpstreamBreaker.State;
import dev.banyan.rules.BreakerPolicy;
import dev.banyan.rules.Share;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When an upstream is not asked, and how it is asked again. */
final class UpstreamBreakerTest {
  @BeforeAll
  static void prepare() {
    UpstreamBreaker.prepare();
  }

  private static UpstreamBreaker breaker(Duration pause) {
    return new UpstreamBreaker(new BreakerPolicy(new Share(5000), 4, pause));
  }

  private static void open(UpstreamBreaker breaker) {
    breaker.answered();
    breaker.answered();
    breaker.failed();
    assertThat(breaker.lets()).isTrue();
    breaker.failed();
  }

  @Test
  void itOpensWhenTheShareOfTheLastOnesFailedAndNotBefore() {
    UpstreamBreaker breaker = breaker(Duration.ofMinutes(1));
    open(breaker);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.lets()).isFalse();
  }

  @Test
  void atEachPauseOneTriesAndItsFailureKeepsItOpen() {
    UpstreamBreaker breaker = breaker(Duration.ofMillis(200));
    open(breaker);
    await().until(breaker::lets);
    assertThat(breaker.lets()).isFalse();
    breaker.failed();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.lets()).isFalse();
    await().until(breaker::lets);
    breaker.answered();
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(breaker.lets()).isTrue();
    assertThat(breaker.lets()).isTrue();
  }

  @Test
  void oneThatNeverOpensDoesNot() {
    UpstreamBreaker breaker = new UpstreamBreaker(BreakerPolicy.NEVER);
    for (int i = 0; i < 1000; i++) {
      breaker.failed();
    }
    assertThat(breaker.lets()).isTrue();
  }

  @Test
  void itsTimerKeepsNoProcessAlive() {
    breaker(Duration.ofMillis(10)).answered();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("SmallRye Fault Tolerance Timer"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }
}
