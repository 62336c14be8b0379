package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class SchedulingSliceTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxTakesTheWishAndTheThreadKeepsItsPriority() throws Exception {
    FutureTask<String> asked =
        new FutureTask<>(
            () -> {
              String before = statistics("prio");
              boolean taken = SchedulingSlice.shorten();
              assertThat(statistics("prio")).isEqualTo(before);
              return taken + " " + statistics("se.slice");
            });
    Thread thread = Thread.ofPlatform().start(asked);
    thread.join();
    // Kernels before 6.12 take the wish and keep their own slice.
    assertThat(asked.get()).startsWith("true ");
  }

  private static String statistics(String name) throws Exception {
    Path file = Path.of("/proc/thread-self/sched");
    if (!Files.isReadable(file)) {
      return "unknown";
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }
}
