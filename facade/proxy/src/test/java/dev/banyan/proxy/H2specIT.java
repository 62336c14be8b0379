package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** h2spec, the conformance tests of HTTP/2, against the facade. */
final class H2specIT {
  /** What Netty leaves open, and leaves out of its own run of h2spec. */
  private static final List<String> NETTYS =
      List.of(
          "half closed (remote): Sends a HEADERS frame",
          "closed: Sends a HEADERS frame",
          "Sends stream identifier that is numerically smaller than previous");

  private static final Pattern FAILED = Pattern.compile("× \\d+: (.*)");
  private static final Pattern SUMMARY = Pattern.compile("(\\d+) tests, (\\d+) passed.*");

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void onlyWhatNettyLeavesOpenFails(@TempDir Path folder) throws Exception {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.body(head);
              line.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                program(folder).toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(rig.facade().port()),
                "-o",
                "2")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    Matcher summary = SUMMARY.matcher(said);
    assertThat(summary.find()).as(said).isTrue();
    System.out.println("h2spec: " + summary.group());
    assertThat(Integer.parseInt(summary.group(1))).isGreaterThan(140);
    assertThat(FAILED.matcher(said).results().map(r -> r.group(1).strip()).distinct())
        .isSubsetOf(NETTYS);
  }

  private static Path program(Path folder) throws IOException, InterruptedException {
    boolean here =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (!here) {
      System.out.println("h2spec: SKIPPED, its program is for Linux on amd64");
    }
    assumeTrue(here, "h2spec's program is for Linux on amd64");
    Path archive = folder.resolve("h2spec.tar.gz");
    try (InputStream in =
        H2specIT.class.getResourceAsStream("/h2spec/2.2.0/h2spec_linux_amd64.tar.gz")) {
      assertThat(in).isNotNull();
      Files.copy(in, archive);
    }
    Process unpacking =
        new ProcessBuilder("tar", "xzf", archive.toString(), "-C", folder.toString())
            .inheritIO()
            .start();
    assertThat(unpacking.waitFor()).isZero();
    return folder.resolve("h2spec");
  }
}
