package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists what differs, how it stands, and the top example side by side. */
@Command(
    name = "mismatches",
    description =
        "Lists what differs, how it stands and what accepts it, and the top example side by side.",
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
    var signatures = answer.tree().path("signatures");
    if (signatures.isEmpty()) {
      screen.line("No differences kept for " + id + ".");
      return 0;
    }
    var table =
        new TextTable(
            "signature", "stands", "count", "location", "kind", "looks like", "last seen");
    for (var signature : signatures) {
      table.row(
          Words.text(signature.path("id")),
          Words.text(signature.path("standing")),
          Words.text(signature.path("count")),
          Words.text(signature.path("location")),
          Words.text(signature.path("kind")),
          Words.text(signature.path("diagnosis")),
          Words.text(signature.path("lastSeen")));
    }
    table.lines().forEach(screen::line);
    for (var hidden : answer.tree().path("hidden")) {
      screen.line(hidden(hidden));
    }
    var dropped = answer.tree().path("dropped").asLong();
    if (dropped > 0) {
      screen.line(dropped + " more were counted but not kept.");
    }
    cures(signatures, screen);
    var exemplar = signatures.path(0).path("exemplars").path(0);
    if (exemplar.isObject()) {
      screen.line("");
      for (var line : Words.exemplar(exemplar, Screen.width())) {
        screen.line(line);
      }
    }
    return 0;
  }

  /** Of every difference, accepted or not, in the order of the table. */
  private static void cures(JsonNode signatures, Screen screen) {
    screen.line("");
    for (var signature : signatures) {
      var means = Words.text(signature.path("looksLike"));
      screen.line(
          "%s %s %s%s"
              .formatted(
                  Words.text(signature.path("id")),
                  Words.text(signature.path("location")),
                  Words.text(signature.path("kind")),
                  means.isEmpty() || means.equals("-") ? "" : ": " + means));
      Words.cure(signature.path("cure")).forEach(line -> screen.line(line));
    }
  }

  private static String hidden(JsonNode one) {
    var owned =
        one.path("owner").isTextual()
            ? " (%s: %s%s)"
                .formatted(
                    Words.text(one.path("owner")),
                    Words.text(one.path("reason")),
                    one.path("expires").isTextual()
                        ? "; until " + Words.text(one.path("expires"))
                        : "")
            : "";
    return "accepted by %s: %s%s"
        .formatted(Words.text(one.path("name")), Words.text(one.path("count")), owned);
  }
}
