package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A facade with few files takes everybody in again when the crowd has left. */
final class FileLimitIT {
  private static final int FILES = 200;
  private static final int CROWD = 260;

  private record Child(Process process, int port) {}

  @TempDir Path folder;

  /** In a process of its own with a file limit of its own. */
  private Child start(ScriptedUpstream upstream, int connections) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String url = upstream.upstream().urls().getFirst().toString();
    String command =
        "ulimit -n %d && exec %s -Xmx256m -cp '%s' %s 0 %s %d"
            .formatted(FILES, java, classPath, OpenFacade.class.getName(), url, connections);
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String line = out.readLine();
    assertThat(line).as("first line of the child").startsWith("listening on ");
    return new Child(process, Integer.parseInt(line.substring("listening on ".length())));
  }

  /** 0: as many as the limit allows; a million: more than there are files, so accepting fails. */
  @ParameterizedTest
  @CsvSource({"0", "1000000"})
  void itKeepsAcceptingAfterMoreClientsThanFiles(int connections) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/limits")), "ulimit and /proc: wanted");
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(ok)) {
      Child child = start(upstream, connections);
      try {
        crowd(child.port());
        await().atMost(Duration.ofSeconds(20)).until(() -> isServed(child.port()));
        assertThat(child.process().isAlive()).isTrue();
      } finally {
        child.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
      assertThat(Files.readString(folder.resolve("stderr")))
          .doesNotContain("NoClassDefFoundError", "ClassNotFoundException");
    }
  }

  /** Comes, asks and leaves all at once. */
  private static void crowd(int port) {
    List<RawClient> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < CROWD; i++) {
        crowd.add(new RawClient(port));
      }
      for (RawClient one : crowd) {
        ask(one);
      }
      // Long enough for accepting to fail more than once where it does.
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
    } finally {
      crowd.forEach(RawClient::close);
    }
  }

  private static void ask(RawClient one) {
    try {
      one.get("/");
    } catch (UncheckedIOException alreadyRefused) {
      assertThat(alreadyRefused).hasCauseInstanceOf(IOException.class);
    }
  }

  private static boolean isServed(int port) {
    try (RawClient client = new RawClient(port)) {
      return client.get("/", "Connection: close").rest().startsWith("HTTP/1.1 200");
    } catch (UncheckedIOException refused) {
      return false;
    }
  }
}
