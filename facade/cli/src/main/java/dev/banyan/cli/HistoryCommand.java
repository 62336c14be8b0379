package dev.banyan.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the stage changes, newest first. */
@Command(
    name = "history",
    description = "Lists the stage changes, newest first.",
    footer = {"", "Example:", "  banyan history catalog.product", "  banyan history --verify"})
final class HistoryCommand extends AdminCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Option(names = "--verify", description = "Check the ledger's chain of hashes instead.")
  boolean verify;

  @Option(
      names = "--limit",
      defaultValue = "50",
      description = "At most so many (${DEFAULT-VALUE}).")
  int limit;

  @Override
  int run(AdminClient admin, Screen screen) {
    if (verify) {
      return verify(admin, screen);
    }
    var path = id.isEmpty() ? "/api/v1/history" : AdminClient.route(id) + "/history";
    var answer = admin.get(path + "?limit=" + limit);
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    var table = new TextTable("revision", "at", "route", "from", "to", "who", "why");
    for (var entry : answer.tree().path("entries")) {
      table.row(
          Words.text(entry.path("revision")),
          Words.text(entry.path("at")),
          Words.text(entry.path("routeId")),
          Words.text(entry.path("from")),
          Words.text(entry.path("to")),
          Words.text(entry.path("who")),
          Words.text(entry.path("why")));
    }
    table.lines().forEach(screen::line);
    return 0;
  }

  private int verify(AdminClient admin, Screen screen) {
    var answer = admin.get("/api/v1/ledger/verification");
    var intact = answer.tree().path("intact").asBoolean();
    if (json) {
      screen.json(answer.text());
    } else if (intact) {
      screen.line("intact: " + Words.text(answer.tree().path("entries")) + " entries");
    } else {
      screen.line(
          "BROKEN at revision %s: %s"
              .formatted(
                  Words.text(answer.tree().path("brokenAtRevision")),
                  Words.text(answer.tree().path("reason"))));
    }
    return intact ? 0 : 1;
  }
}
