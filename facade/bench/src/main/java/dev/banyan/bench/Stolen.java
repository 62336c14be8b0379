package dev.banyan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the host took from this machine while something wanted to run here (Linux: {@code steal} in
 * {@code /proc/stat}, proc(5)). On a machine of one's own it is nothing.
 */
final class Stolen {
  private static final int STEAL = 8;
  private static final int TICK_MILLIS = 10;

  private Stolen() {}

  /** Milliseconds since the machine began, of all cores; 0 where the system does not tell. */
  static long millis() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      List<String> all = List.of(lines.findFirst().orElse("").split("\\s+"));
      return all.size() > STEAL ? Long.parseLong(all.get(STEAL)) * TICK_MILLIS : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
