package dev.banyan.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** Lets the running facade read its rules again. */
@Command(
    name = "reload",
    description = "Lets the running facade read its rules again.",
    footer = {"", "Example:", "  banyan rules reload"})
final class RulesReloadCommand extends AdminCommand {

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.post("/api/v1/rules/reload", Map.of());
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    screen.line(
        "rules read: %s routes, digest %s"
            .formatted(
                Words.text(answer.tree().path("routes")),
                Words.text(answer.tree().path("digest"))));
    return 0;
  }
}
