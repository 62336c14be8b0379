package dev.banyan.app.seen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void whatIsOverIsCountedAndEverySecondBeginsAnew() {
    LineBudget budget = new LineBudget(3);
    // The clock of the JVM may be below zero.
    for (long begin : new long[] {-5 * SECOND, 7 * SECOND}) {
      assertThat(IntStream.range(0, 10).filter(i -> budget.take(begin + i)).count()).isEqualTo(3);
      assertThat(budget.takeSuppressed()).isEqualTo(7);
      assertThat(budget.takeSuppressed()).isZero();
      assertThat(budget.take(begin + SECOND)).isTrue();
    }
  }
}
