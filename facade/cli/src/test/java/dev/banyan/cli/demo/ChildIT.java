package dev.banyan.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banyan.cli.CommandFailed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static Child shell(String script) {
    return Child.start("the child", List.of("sh", "-c", script));
  }

  private static ProcessHandle below(Child child) {
    var line = child.await(text -> text.startsWith("below "), SOON);
    return ProcessHandle.of(Long.parseLong(line.substring("below ".length()))).orElseThrow();
  }

  @Test
  void stoppingEndsWhatItStarted() {
    var child = shell("sleep 600 & echo below $!; wait");
    var below = below(child);

    child.stop(Duration.ofSeconds(5));

    await().atMost(SOON).until(() -> !child.alive() && Child.gone(below));
  }

  @Test
  void stoppingForcesWhoDoesNotListen() {
    var child =
        shell("trap '' TERM; sh -c \"trap '' TERM; echo below \\$\\$; sleep 600; sleep 600\"");
    var below = below(child);

    child.stop(Duration.ofMillis(200));

    await().atMost(SOON).until(() -> !child.alive() && Child.gone(below));
  }

  @Test
  void aProcessThatListensHasTimeToEndCleanly() {
    var child = shell("trap 'echo clean; exit 0' TERM; echo up; while :; do sleep 0.05; done");
    child.await("up"::equals, SOON);

    child.stop(Duration.ofSeconds(5));

    assertThat(child.await("clean"::equals, SOON)).isEqualTo("clean");
  }

  @Test
  void anEndedProcessIsToldWithItsLastLines() {
    var child = shell("for i in $(seq 1 40); do echo line $i; done; exit 3");

    assertThatThrownBy(() -> child.await(line -> line.contains("listening"), SOON))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("the child ended")
        .hasMessageContaining("line 40")
        .hasMessageContaining("line 26")
        .hasMessageNotContaining("line 20");
  }

  @Test
  void aSilentProcessIsGivenUpAtItsDeadline() {
    var child = shell("sleep 600");

    assertThatThrownBy(() -> child.await(line -> true, Duration.ofMillis(100)))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("was not ready");
    child.stop(Duration.ofSeconds(5));
    assertThat(child.alive()).isFalse();
  }

  @Test
  void theLastLineOfAnEndedProcessStillCounts() {
    var child = shell("echo first; echo wanted");

    assertThat(child.await("wanted"::equals, SOON)).isEqualTo("wanted");
    assertThat(child.kept("first"::equals)).containsExactly("first");
  }
}
