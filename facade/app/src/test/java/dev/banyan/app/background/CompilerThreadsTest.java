package dev.banyan.app.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class CompilerThreadsTest {
  @Test
  void theyAreAPartOfTheProcess() throws Exception {
    Duration compiling = CompilerThreads.used();
    Duration all = ProcessHandle.current().info().totalCpuDuration().orElseThrow();

    assertThat(compiling).isPositive().isLessThan(all);
  }
}
