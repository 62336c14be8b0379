package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists what differs, and the top example side by side. */
@Command(
    name = "mismatches",
    description = "Lists what differs, and the top example side by side.",
    footer = {"", "Example:", "  banyan mismatches orders.read"})
final class MismatchesCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.get(AdminClient.route(id) + "/mismatches");
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    var signatures = new ArrayList<JsonNode>();
    answer.tree().path("signatures").forEach(signatures::add);
    signatures.sort(Comparator.comparingLong(s -> -s.path("count").asLong()));
    if (signatures.isEmpty()) {
      screen.line("No mismatches kept for " + id + ".");
      return 0;
    }
    var table = new TextTable("count", "location", "kind", "first seen", "last seen");
    for (var signature : signatures) {
      table.row(
          Words.text(signature.path("count")),
          Words.text(signature.path("location")),
          Words.text(signature.path("kind")),
          Words.text(signature.path("firstSeen")),
          Words.text(signature.path("lastSeen")));
    }
    table.lines().forEach(screen::line);
    var dropped = answer.tree().path("dropped").asLong();
    if (dropped > 0) {
      screen.line(dropped + " more were counted but not kept.");
    }
    var exemplar = signatures.getFirst().path("exemplars").path(0);
    if (exemplar.isObject()) {
      screen.line("");
      for (var line : Words.exemplar(exemplar, Screen.width())) {
        screen.line(line);
      }
    }
    return 0;
  }
}
