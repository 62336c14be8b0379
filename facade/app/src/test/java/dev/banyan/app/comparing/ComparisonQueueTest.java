package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.comparing.ComparisonQueue.Work;
import org.junit.jupiter.api.Test;

class ComparisonQueueTest {
  private final ComparisonQueue queue = new ComparisonQueue();

  @Test
  void itTakesSoManyAndNotOneMore() throws InterruptedException {
    Work small = new Work.Compare(Pairs.pair("1", "2"));
    int taken = 0;
    while (queue.offer(small)) {
      taken++;
    }

    assertThat(taken).isEqualTo(2048);
    queue.take();
    assertThat(queue.offer(small)).isTrue();
  }

  @Test
  void itTakesSoManyBytesAndHasRoomAgainOnceTheyAreTaken() throws InterruptedException {
    Work large = new Work.Compare(Pairs.pair("x".repeat(5 << 20), "x".repeat(5 << 20)));
    int taken = 0;
    while (queue.offer(large)) {
      taken++;
    }

    assertThat(taken).isEqualTo(6); // of 10 MB each, within 64 MB
    for (int i = 0; i < taken; i++) {
      queue.take();
    }
    assertThat(queue.offer(large)).isTrue();
  }
}
