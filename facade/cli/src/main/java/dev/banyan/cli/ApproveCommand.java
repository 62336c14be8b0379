package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A second person's yes to a flip forward that somebody else has asked for. */
@Command(
    name = "approve",
    description = {
      "Says yes to a flip forward that somebody else, or the promoter, has asked for.",
      "It covers exactly the change that is shown, until it expires. The promoter then takes the",
      "step by itself; a person repeats the promote."
    },
    footer = {
      "",
      "Example:",
      "  banyan approve catalog.product --dry-run",
      "  banyan approve catalog.product --token-file .banyan/people/grace"
    })
final class ApproveCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Option(names = "--dry-run", description = "Show what is asked for, change nothing.")
  boolean dryRun;

  @Override
  int run(AdminClient admin, Screen screen) {
    var asked = admin.get(AdminClient.route(id) + "/approval");
    var state = Words.text(asked.tree().path("state"));
    if (dryRun || !state.equals("asked")) {
      show(screen, asked.text(), asked.tree());
      return dryRun || state.equals("given") ? 0 : 1;
    }
    var answer =
        admin.post(
            AdminClient.route(id) + "/approval",
            Map.of("change", asked.tree().path("change").asText()));
    show(screen, answer.text(), answer.tree());
    return 0;
  }

  private void show(Screen screen, String text, JsonNode approval) {
    if (json) {
      screen.json(text);
      return;
    }
    var state = Words.text(approval.path("state"));
    if (state.equals("none")) {
      screen.line(id + ": nobody asks for approval");
      return;
    }
    screen.line(
        "%s: %s -> %s, asked for by %s, %s; until %s"
            .formatted(
                id,
                Words.text(approval.path("from")),
                Words.text(approval.path("to")),
                Words.text(approval.path("askedBy")),
                state.equals("given")
                    ? "approved by " + Words.text(approval.path("approver"))
                    : "not approved yet",
                Words.text(approval.path("expires"))));
  }
}
