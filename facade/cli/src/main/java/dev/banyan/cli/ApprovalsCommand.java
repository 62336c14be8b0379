package dev.banyan.cli;

import picocli.CommandLine.Command;

/** Lists what waits for a second person. */
@Command(
    name = "approvals",
    description = "Lists the flips forward that wait for a second person, and those approved.",
    footer = {"", "Example:", "  banyan approvals"})
final class ApprovalsCommand extends AdminCommand {

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.get("/api/v1/approvals");
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    var approvals = answer.tree().path("approvals");
    if (approvals.isEmpty()) {
      screen.line("Nothing waits for a second person.");
      return 0;
    }
    var table = new TextTable("ROUTE", "FROM", "TO", "ASKED BY", "APPROVED BY", "UNTIL");
    for (var approval : approvals) {
      table.row(
          Words.text(approval.path("routeId")),
          Words.text(approval.path("from")),
          Words.text(approval.path("to")),
          Words.text(approval.path("askedBy")),
          approval.path("approver").isTextual()
              ? Words.text(approval.path("approver"))
              : "nobody yet",
          Words.text(approval.path("expires")));
    }
    table.lines().forEach(screen::line);
    return 0;
  }
}
