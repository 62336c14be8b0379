package dev.banyan.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An offline command as a real process, run to its end. */
record Offline(int exit, String output) {

  static Offline run(Path folder, List<String> words) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "offline", ".out");
    Process process =
        Processes.start(
            Processes.jar("facade/app/target/quarkus-app/quarkus-run.jar"), output, words);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      Processes.stop(process);
      throw new IOException("does not end: " + words + "\n" + Files.readString(output));
    }
    return new Offline(process.exitValue(), Files.readString(output));
  }
}
