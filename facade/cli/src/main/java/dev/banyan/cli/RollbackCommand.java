package dev.banyan.cli;

import java.util.LinkedHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Sends a route, or all of them, back to legacy; needs no evidence. */
@Command(
    name = "rollback",
    description = "Sends a route, or all of them, back to legacy; needs no evidence.",
    footer = {
      "",
      "Example:",
      "  banyan rollback catalog.product --reason 'prices look wrong'",
      "  banyan rollback --all --dry-run",
      "  banyan rollback --all"
    })
final class RollbackCommand extends AdminCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Option(names = "--all", description = "Every reversible route.")
  boolean all;

  @Option(names = "--reason", description = "Why; kept in the ledger.")
  String reason = "";

  @Option(names = "--dry-run", description = "Show what would be rolled back, change nothing.")
  boolean dryRun;

  @Override
  void checkUsage() {
    if (all != id.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "name one route, or --all (not both)");
    }
  }

  @Override
  int run(AdminClient admin, Screen screen) {
    var body = new LinkedHashMap<String, Object>();
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    if (dryRun) {
      body.put("dryRun", true);
    }
    if (!all) {
      body.put("to", "legacy");
      return Flips.flip(admin, screen, this, id, body);
    }
    var answer = admin.post("/api/v1/rollback", body);
    var failed = answer.tree().path("failed");
    if (json) {
      screen.json(answer.text());
      return failed.isEmpty() ? 0 : 1;
    }
    answer.tree().path("rolledBack").forEach(flip -> Words.flip(flip).forEach(screen::line));
    if (answer.tree().path("rolledBack").isEmpty() && failed.isEmpty()) {
      screen.line("Nothing to roll back: no route is beyond legacy.");
    }
    for (var route : failed) {
      screen.note(
          "not rolled back: %s: %s"
              .formatted(Words.text(route.path("routeId")), Words.text(route.path("detail"))));
    }
    return failed.isEmpty() ? 0 : 1;
  }
}
