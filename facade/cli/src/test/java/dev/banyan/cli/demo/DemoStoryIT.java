package dev.banyan.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.cli.CommandFailed;
import dev.banyan.cli.Screen;
import dev.banyan.cli.demo.PlayedFacade.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DemoStoryIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String step = "";

  private void tell(Fault fault) throws IOException, InterruptedException {
    try (var facade = new PlayedFacade(fault);
        var admin = facade.admin();
        var traffic = new DemoTraffic(facade.url())) {
      var screen = Screen.of(new PrintWriter(out), new PrintWriter(err));
      var story = new DemoStory(admin, traffic, screen);
      try {
        story.tell(1);
      } finally {
        step = story.step();
      }
    }
  }

  @Test
  void tellsTheWholeStoryInOrder() throws IOException, InterruptedException {
    tell(Fault.NONE);

    assertThat(out.toString())
        .containsSubsequence(
            "p95 migrated",
            "stage shadow",
            "served by legacy",
            "shadow -> canary:10",
            "verdict: ready",
            "canary:10 -> live",
            "Refused (422)",
            "- dates",
            "\"ShippedDate\" : 1",
            "! ",
            "\"ShippedDate\" : 2",
            "stage live",
            "served by the migrated module",
            "live -> legacy",
            "stage legacy",
            "served by legacy");
    assertThat(err.toString()).contains("traffic 1/1 s, answers 200: ", "waiting for evidence");
  }

  @Test
  void aRollbackThatDoesNothingIsAFailure() {
    assertThatThrownBy(() -> tell(Fault.ROLLBACK_DOES_NOTHING))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("expected: legacy");
    assertThat(step).isEqualTo("roll catalog.product back");
  }

  @Test
  void aGateThatLetsTheMistakePassIsAFailure() {
    assertThatThrownBy(() -> tell(Fault.GATE_LETS_ALL_PASS))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("orders.read was promoted");
    assertThat(step).startsWith("promote orders.read");
  }

  @Test
  void onlyARefusalByTheGateIsWaitedOut() {
    assertThatThrownBy(() -> tell(Fault.LEDGER_IS_DOWN))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("ledger is down");
    assertThat(step).isEqualTo("promote catalog.product to canary:10");
    assertThat(err.toString()).doesNotContain("waiting for evidence");
  }
}
