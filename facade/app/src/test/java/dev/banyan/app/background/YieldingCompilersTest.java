package dev.banyan.app.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class YieldingCompilersTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void compilersAreTenStepsNicerThanEverybodyElse() throws Exception {
    int before = nice(Path.of("/proc/thread-self"));

    int yielding = YieldingCompilers.yieldFromNowOn();
    int again = YieldingCompilers.yieldFromNowOn();

    assertThat(yielding).isPositive();
    assertThat(again).isPositive();
    assertThat(nice(Path.of("/proc/thread-self"))).isEqualTo(before);
    Map<String, Integer> others = new HashMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      for (Path thread : threads.toList()) {
        String name = name(thread);
        if (name.matches("C[12] Compiler.*")) {
          assertThat(nice(thread)).as(name).isEqualTo(Math.min(19, before + 10));
        } else if (name.equals("VM Thread")) {
          others.put(name, nice(thread));
        }
      }
    }
    assertThat(others).containsEntry("VM Thread", before);
  }

  private static String name(Path thread) throws IOException {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (NoSuchFileException ended) {
      return "";
    }
  }

  /** The 19th field of stat(5); the name before it may have blanks of its own. */
  private static int nice(Path thread) throws IOException {
    String stat = Files.readString(thread.resolve("stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }
}
