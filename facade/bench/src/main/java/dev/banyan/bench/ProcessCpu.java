package dev.banyan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operating system says a process and its children have used (Linux: {@code
 * /proc/PID/stat}, proc(5)).
 */
final class ProcessCpu {
  /** {@code sysconf(_SC_CLK_TCK)}: 100 on every Linux that runs a JVM 25. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 11;

  private ProcessCpu() {}

  /** User and system time in microseconds, of the process and the descendants that live now. */
  static double micros(ProcessHandle process) {
    return tree(process).mapToDouble(ProcessCpu::ownMicros).sum();
  }

  /** Resident memory in bytes, of the process alone. */
  static long residentBytes(ProcessHandle process) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static Stream<ProcessHandle> tree(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private static double ownMicros(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      // The second field is the name in parentheses and may hold blanks: count from behind it.
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      long ticks = Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(UTIME + 1));
      return ticks / TICKS_PER_SECOND * 1e6;
    } catch (IOException e) {
      return 0;
    }
  }
}
