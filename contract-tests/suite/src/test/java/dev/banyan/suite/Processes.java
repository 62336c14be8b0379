package dev.banyan.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts and stops the real processes that tests need. */
final class Processes {
  static final Path HOME = home();

  /** Seconds on a machine of one's own; one that shares its cores has been seen to need sixty. */
  static final Duration START = Duration.ofMinutes(3);

  private Processes() {}

  static Path jar(String below) {
    Path jar = HOME.resolve(below);
    if (!Files.exists(jar)) {
      throw new IllegalStateException("not built: " + jar + " (run ./banyan test from the root)");
    }
    return jar;
  }

  /** Starts a jar; everything it prints goes to the file. */
  static Process start(Path jar, Path output, List<String> arguments) throws IOException {
    return start(jar, output, arguments, Map.of());
  }

  static Process start(
      Path jar, Path output, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                // Most of them live for seconds: half of the time to start goes to the compiler.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dbanyan.home=" + HOME,
                "-jar",
                jar.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
    return process;
  }

  /** Waits for a line and returns its first group. */
  static String awaitLine(Process process, Path output, Pattern pattern) throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      String text = Files.exists(output) ? Files.readString(output, StandardCharsets.UTF_8) : "";
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        return matcher.group(1);
      }
      if (!process.isAlive()) {
        throw new IOException("ended with " + process.exitValue() + ":\n" + text);
      }
      pause();
    }
    throw new IOException("no line like " + pattern + " in:\n" + Files.readString(output));
  }

  static void stop(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path home() {
    String given = System.getProperty("banyan.home");
    Path folder = Path.of(given == null ? "." : given).toAbsolutePath().normalize();
    while (!Files.exists(folder.resolve("banyan")) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }
}
