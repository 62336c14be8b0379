package dev.banyan.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command as a real process, run to its end. */
record Offline(int exit, String output) {

  static Offline run(Path folder, List<String> words) throws IOException, InterruptedException {
    return run("facade/app/target/quarkus-app/quarkus-run.jar", folder, words);
  }

  /** A command that asks the facade whose data folder is in this folder. */
  static Offline cli(Path folder, List<String> words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return run("facade/cli/target/banyan-cli-0.1.0-SNAPSHOT-run.jar", folder, all);
  }

  private static Offline run(String jar, Path folder, List<String> words)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "offline", ".out");
    Process process = Processes.start(Processes.jar(jar), output, words);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      Processes.stop(process);
      throw new IOException("does not end: " + words + "\n" + Files.readString(output));
    }
    return new Offline(process.exitValue(), Files.readString(output));
  }
}
