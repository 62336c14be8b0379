package dev.banyan.cli;

import picocli.CommandLine.Command;

/** Shows which revision of the ledger every replica serves. */
@Command(
    name = "replicas",
    description = {
      "Shows which revision of the ledger every replica serves.",
      "Fails as long as a live one does not serve the newest."
    },
    footer = {"", "Example:", "  banyan replicas"})
final class ReplicasCommand extends AdminCommand {

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.get("/api/v1/replicas");
    var complete = answer.tree().path("complete").asBoolean();
    if (json) {
      screen.json(answer.text());
      return complete ? 0 : 1;
    }
    var table = new TextTable("ID", "REVISION", "SEEN", "LIVE");
    for (var replica : answer.tree().path("replicas")) {
      table.row(
          Words.text(replica.path("id")),
          Words.text(replica.path("revision")),
          Words.text(replica.path("seenAt")),
          replica.path("live").asBoolean() ? "yes" : "no");
    }
    table.lines().forEach(screen::line);
    screen.line(
        "ledger: revision %s, %s"
            .formatted(
                Words.text(answer.tree().path("revision")),
                complete ? "served by every live replica" : "not served everywhere yet"));
    return complete ? 0 : 1;
  }
}
