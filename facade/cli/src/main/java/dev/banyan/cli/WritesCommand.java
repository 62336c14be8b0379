package dev.banyan.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what became of the writes that the migrated side carries out after legacy. */
@Command(
    name = "writes",
    description = "Shows what became of mirrored writes, and which did not arrive.",
    footer = {"", "Example:", "  banyan writes orders.create"})
final class WritesCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.get(AdminClient.route(id) + "/writes");
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    screen.line("writes: " + Words.text(answer.tree().path("policy")));
    answer
        .tree()
        .path("counts")
        .properties()
        .forEach(
            outcome ->
                screen.line(
                    "%-10s %s".formatted(outcome.getKey(), Words.counts(outcome.getValue()))));
    var missing = answer.tree().path("missing");
    if (missing.isEmpty()) {
      return 0;
    }
    var table = new TextTable("at", "method", "outcome", "reason", "tries", "idempotency key");
    for (var write : missing) {
      table.row(
          Words.text(write.path("at")),
          Words.text(write.path("method")),
          Words.text(write.path("outcome")),
          Words.text(write.path("reason")),
          Words.text(write.path("tries")),
          Words.text(write.path("key")));
    }
    table.lines().forEach(screen::line);
    return 0;
  }
}
