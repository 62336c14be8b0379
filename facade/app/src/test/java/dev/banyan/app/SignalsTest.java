package dev.banyan.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With processes of their own, as whoever starts one decides what it ignores. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SignalsTest {
  /** Such a process: says whether the signal comes, and when it has come. */
  static final class Listener {
    public static void main(String[] arguments) throws InterruptedException {
      boolean comes = Signals.on("HUP", () -> tell("came"));
      tell("comes: " + comes);
      Thread.sleep(TimeUnit.SECONDS.toMillis(20));
    }

    private static void tell(String what) {
      System.out.println(what);
      System.out.flush();
    }
  }

  /** Skipped where these tests themselves run under nohup: what they start ignores it, too. */
  @Test
  void aSignalThatComesRunsTheAction() throws Exception {
    assumeThat(new ProcessBuilder("sh", "-c", "kill -HUP $$").start().waitFor())
        .as("exit code of who gets SIGHUP")
        .isNotZero();
    assertThat(run("exec \"$@\"")).isEqualTo("comes: true\ncame\n");
  }

  @Test
  void oneThatIsIgnoredIsTold() throws Exception {
    assertThat(run("trap '' HUP; exec \"$@\"")).isEqualTo("comes: false\n");
  }

  /** What it says, from its start to a second after a SIGHUP. */
  private static String run(String script) throws Exception {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                script,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Listener.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = process.inputReader(StandardCharsets.UTF_8)) {
      StringBuilder lines = new StringBuilder(said.readLine()).append('\n');
      new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
      if (lines.indexOf("true") >= 0) {
        lines.append(said.readLine()).append('\n');
      } else {
        assertThat(process.waitFor(1, TimeUnit.SECONDS)).as("ended by SIGHUP").isFalse();
      }
      return lines.toString();
    } finally {
      process.destroyForcibly();
    }
  }
}
