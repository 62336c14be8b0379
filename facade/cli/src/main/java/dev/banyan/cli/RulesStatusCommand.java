package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** Shows the rules in force, and those that were not taken. */
@Command(
    name = "status",
    description = "Shows the rules in force, and those that were not taken.",
    footer = {"", "Example:", "  banyan rules status"})
final class RulesStatusCommand extends AdminCommand {

  /** Fails while the files hold rules that were not taken, so that a pipeline can stop. */
  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.get("/api/v1/rules");
    JsonNode rules = answer.tree();
    boolean good = "ok".equals(rules.path("state").asText());
    if (json) {
      screen.json(answer.text());
      return good ? 0 : 1;
    }
    screen.line(
        "%s: %s routes since %s, digest %s, %s reloads"
            .formatted(
                Words.text(rules.path("state")),
                Words.text(rules.path("routes")),
                Words.text(rules.path("loadedAt")),
                Words.text(rules.path("digest")),
                Words.text(rules.path("reloads"))));
    rules
        .path("lastChange")
        .properties()
        .forEach(
            change -> {
              if (!change.getValue().isEmpty()) {
                screen.line("  last change, %s: %s".formatted(change.getKey(), change.getValue()));
              }
            });
    if (!good) {
      JsonNode problem = rules.path("lastProblem");
      screen.line(Screen.Colour.RED, "Not taken at %s:".formatted(Words.text(problem.path("at"))));
      problem.path("problems").forEach(found -> screen.line("  - " + ProblemLines.ofRules(found)));
    }
    return good ? 0 : 1;
  }
}
