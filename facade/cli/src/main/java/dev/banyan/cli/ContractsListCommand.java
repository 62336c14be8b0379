package dev.banyan.cli;

import picocli.CommandLine.Command;

/** Lists the recorded contracts and their newest reports. */
@Command(
    name = "list",
    description = "Lists the recorded contracts and their newest reports.",
    footer = {"", "Example:", "  banyan contracts list"})
final class ContractsListCommand extends AdminCommand {

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.get("/api/v1/contracts");
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    var table = new TextTable("route", "interactions", "recorded at", "passed", "failed");
    for (var contract : answer.tree().path("contracts")) {
      table.row(
          Words.text(contract.path("routeId")),
          Words.text(contract.path("interactions")),
          Words.text(contract.path("recordedAt")),
          Words.text(contract.path("report").path("passed")),
          Words.text(contract.path("report").path("failed")));
    }
    table.lines().forEach(screen::line);
    return 0;
  }
}
