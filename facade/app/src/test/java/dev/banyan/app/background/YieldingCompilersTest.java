package dev.banyan.app.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.background.YieldingCompilers.Work;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class YieldingCompilersTest {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  @Test
  void theyKeepTheirShareWhileNothingIsToDo() {
    assertThat(work(2400, 0).isOfWarm(WITHIN)).isFalse();
    assertThat(work(2500, 0).isOfWarm(WITHIN)).isTrue();
  }

  @Test
  void theyKeepTheirShareWhileTheyAreNeeded() {
    assertThat(work(10_000, 5000).isOfWarm(WITHIN)).isFalse();
    assertThat(work(10_000, 1501).isOfWarm(WITHIN)).isFalse();
    assertThat(work(10_000, 1500).isOfWarm(WITHIN)).isTrue();
  }

  @Test
  void onlyWhatWasDoneSinceTheLookBeforeCounts() {
    assertThat(work(20_000, 9000).since(work(10_000, 8500))).isEqualTo(work(10_000, 500));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(60)
  void theyYieldOnceWorkNeedsThemNoMore() throws Exception {
    Duration pause = Duration.ofMillis(200);
    int own = NiceOfThreads.own();
    assertThat(NiceOfThreads.named("C2 Compiler")).containsExactly(own);
    new YieldingCompilers(pause).start();

    while (isRunning("yielding-compilers")) {
      busy(pause);
    }

    int lower = Math.min(19, own + 10);
    assertThat(NiceOfThreads.named("C1 Compiler")).containsExactly(lower);
    assertThat(NiceOfThreads.named("C2 Compiler")).containsExactly(lower);
    assertThat(NiceOfThreads.named("VM Thread")).containsExactly(own);
    assertThat(NiceOfThreads.own()).isEqualTo(own);
    assertThat(CompilerThreads.lower(10)).as("who has it already").isPositive();
  }

  private static Work work(long all, long compiling) {
    return new Work(Duration.ofMillis(all), Duration.ofMillis(compiling));
  }

  private static boolean isRunning(String name) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(name));
  }

  private static void busy(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
