package dev.banyan.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.RateLimit;
import dev.banyan.rules.RateLimit.Per;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many requests go through, and when the next one may come. */
final class RateLimiterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RateLimit TEN =
      new RateLimit(10, Duration.ofSeconds(1), 3, Per.ADDRESS, null);

  private final RateLimiter limiter = new RateLimiter();

  private int admitted(String key, int tries, long now) {
    int admitted = 0;
    for (int i = 0; i < tries; i++) {
      admitted += limiter.take("r", TEN, key, now) == 0 ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void aBurstGoesThroughAndThenNoMoreThanTheRate() {
    assertThat(admitted("a", 10, 0)).isEqualTo(3);
    assertThat(limiter.take("r", TEN, "a", 0)).isEqualTo(SECOND / 10);
    int later = 0;
    for (long now = SECOND / 100; now <= 10 * SECOND; now += SECOND / 100) {
      later += admitted("a", 2, now);
    }
    assertThat(later).isEqualTo(100);
  }

  @Test
  void aQuietTimeFillsTheBucketAndNotMore() {
    assertThat(admitted("a", 5, 0)).isEqualTo(3);
    assertThat(admitted("a", 10, 3600 * SECOND)).isEqualTo(3);
  }

  @Test
  void eachKeyHasItsOwnBucket() {
    assertThat(admitted("a", 5, 0)).isEqualTo(3);
    assertThat(admitted("b", 5, 0)).isEqualTo(3);
  }

  @Test
  void aChangedRuleBeginsAnew() {
    assertThat(admitted("a", 5, 0)).isEqualTo(3);
    RateLimit changed = new RateLimit(10, Duration.ofSeconds(1), 4, Per.ADDRESS, null);
    assertThat(limiter.take("r", changed, "a", 0)).isZero();
  }

  @Test
  void aFloodOfKeysHoldsNoMoreThanSoMany() {
    for (int i = 0; i < 30_000; i++) {
      limiter.take("r", TEN, "key" + i, 0);
    }
    assertThat(limiter.keys("r")).isEqualTo(10_000);
    assertThat(admitted("late", 5, 0)).as("shares a bucket that is used up").isZero();
    assertThat(admitted("later", 5, 5 * SECOND)).as("after a sweep").isEqualTo(3);
    assertThat(limiter.keys("r")).isLessThan(10);
  }

  @Test
  void manyThreadsTakeNoMoreThanThereIs() throws InterruptedException {
    RateLimit hundred = new RateLimit(1, Duration.ofHours(1), 100, Per.ROUTE, null);
    AtomicInteger admitted = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(8);
    for (int t = 0; t < 8; t++) {
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  admitted.addAndGet(limiter.take("r", hundred, "", 0) == 0 ? 1 : 0);
                }
                done.countDown();
              });
    }
    done.await();
    assertThat(admitted.get()).isEqualTo(100);
  }
}
