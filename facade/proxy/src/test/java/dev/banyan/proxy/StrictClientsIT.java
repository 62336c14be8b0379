package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl and h2load, which refuse what h2spec overlooks, such as fields of the other connection. */
final class StrictClientsIT {
  private static final int REQUESTS = 2000;
  private static final String BODY = "x".repeat(300);

  private final Rig rig = new Rig();
  private String url = "";

  @TempDir private Path folder;

  @BeforeEach
  void open() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.body(head);
              line.write(
                  "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n"
                      + "Content-Length: 300\r\n\r\n"
                      + BODY);
            }));
    url = "http://127.0.0.1:" + rig.facade().port() + "/orders";
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void curlTakesAnAnswerOfHttp1AsOneOfHttp2() throws Exception {
    String said = run("curl", "-sS", "-i", "--http2-prior-knowledge", url);
    assertThat(said)
        .startsWith("HTTP/2 200")
        .endsWith(BODY)
        .doesNotContainIgnoringCase("keep-alive");
  }

  @Test
  void curlUploadsThroughHttp2WithoutALength() throws Exception {
    Path file = folder.resolve("upload");
    Files.writeString(file, BODY.repeat(20));
    String said =
        run(
            "curl",
            "-sS",
            "-i",
            "--http2-prior-knowledge",
            "-H",
            "Content-Length:",
            "--data-binary",
            "@" + file,
            url);
    assertThat(said).startsWith("HTTP/2 200").endsWith(BODY);
  }

  @Test
  void h2loadGetsEveryAnswerOverHttp2() throws Exception {
    String said = run("h2load", "-n", "" + REQUESTS, "-c", "4", "-m", "5", url);
    assertThat(said).contains(REQUESTS + " succeeded, 0 failed, 0 errored");
  }

  @Test
  void h2loadGetsEveryAnswerOverHttp1() throws Exception {
    String said = run("h2load", "--h1", "-n", "" + REQUESTS, "-c", "4", url);
    assertThat(said).contains(REQUESTS + " succeeded, 0 failed, 0 errored");
  }

  private String run(String... command) throws Exception {
    assumeTrue(isInstalled(command[0]), command[0] + ": not installed (expected: on the PATH)");
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(said, StandardCharsets.ISO_8859_1);
  }

  private static boolean isInstalled(String program) {
    try {
      new ProcessBuilder(program, "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException absent) {
      return false;
    }
  }
}
