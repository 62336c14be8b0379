package dev.banyan.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What another virtual machine holds, asked through jcmd and /proc (Linux). */
final class JavaProcess {
  private static final Pattern HEAP_TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern OTHER =
      Pattern.compile("(?m)^-\\s+Other \\(reserved=\\d+KB, committed=(\\d+)KB");

  private final ProcessHandle process;

  JavaProcess(ProcessHandle process) {
    this.process = process;
  }

  /** Bytes of all objects that are reachable, after a full collection. */
  long liveHeap() throws IOException, InterruptedException {
    jcmd("GC.run");
    return number(HEAP_TOTAL, jcmd("GC.class_histogram")); // collects once more
  }

  /**
   * Bytes that are neither heap nor the machine's own: buffers. Wants {@code
   * -XX:NativeMemoryTracking=summary}.
   */
  long buffers() throws IOException, InterruptedException {
    return 1024 * number(OTHER, jcmd("VM.native_memory", "summary", "scale=KB"));
  }

  int threads() throws IOException {
    try (Stream<Path> all = Files.list(proc("task"))) {
      return (int) all.count();
    }
  }

  int descriptors() throws IOException {
    try (Stream<Path> all = Files.list(proc("fd"))) {
      return (int) all.count();
    }
  }

  long resident() {
    return ProcessCpu.residentBytes(process);
  }

  private Path proc(String what) {
    return Path.of("/proc/" + process.pid() + "/" + what);
  }

  private static long number(Pattern pattern, String text) throws IOException {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException(
          "jcmd: " + text.lines().findFirst().orElse("nothing") + " (expected: " + pattern + ")");
    }
    return Long.parseLong(found.group(1));
  }

  private String jcmd(String... words) throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    List<String> command =
        Stream.concat(Stream.of(program.toString(), Long.toString(process.pid())), Stream.of(words))
            .toList();
    Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return said;
  }
}
