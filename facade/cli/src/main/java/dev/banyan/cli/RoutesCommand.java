package dev.banyan.cli;

import picocli.CommandLine.Command;

/** Lists all routes: stage, traffic, parity, verdict. */
@Command(
    name = "routes",
    description = "Lists all routes: stage, traffic, parity, verdict.",
    footer = {"", "Example:", "  banyan routes", "  banyan routes --json"})
final class RoutesCommand extends AdminCommand {

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.get("/api/v1/routes");
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    var table = RouteLine.table();
    answer.tree().path("routes").forEach(route -> RouteLine.add(table, route));
    var lines = table.lines();
    screen.line(Screen.Colour.BOLD, lines.getFirst());
    lines.stream().skip(1).forEach(screen::line);
    if ("down".equals(answer.tree().path("ledger").asText())) {
      screen.note("The ledger is down: traffic goes on, stages cannot be changed.");
    }
    return 0;
  }
}
