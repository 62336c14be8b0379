package dev.banyan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who runs on which core: what is measured has one to itself, everything else the others. */
final class Cores {
  private static final String MEASURED = "0";

  private final boolean pins =
      find("taskset").isPresent() && Runtime.getRuntime().availableProcessors() > 1;

  /** Whether anything is pinned at all. */
  boolean pins() {
    return pins;
  }

  List<String> measured(List<String> command) {
    return pinned(MEASURED, command);
  }

  List<String> others(List<String> command) {
    return pinned(other(), command);
  }

  /** Moves this process, the load generator, off the measured core. */
  void leaveMeasured() throws IOException, InterruptedException {
    leaveMeasured(ProcessHandle.current());
  }

  /** Moves a process off the measured core. */
  void leaveMeasured(ProcessHandle process) throws IOException, InterruptedException {
    if (pins) {
      run("taskset", "-a", "-c", "-p", other(), Long.toString(process.pid()));
    }
  }

  /** Has a process run only while nobody else wants its core. */
  void giveWay(ProcessHandle process) throws IOException, InterruptedException {
    if (pins && find("chrt").isPresent()) {
      run("chrt", "--all-tasks", "--idle", "--pid", "0", Long.toString(process.pid()));
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
  }

  private List<String> pinned(String cores, List<String> command) {
    if (!pins) {
      return command;
    }
    List<String> all = new ArrayList<>(List.of("taskset", "-c", cores));
    all.addAll(command);
    return all;
  }

  private static String other() {
    int last = Runtime.getRuntime().availableProcessors() - 1;
    return last <= 1 ? "1" : "1-" + last;
  }

  static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
