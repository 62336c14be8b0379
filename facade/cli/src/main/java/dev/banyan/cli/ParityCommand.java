package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells a route's evidence and verdict in words. */
@Command(
    name = "parity",
    description = "Tells a route's evidence and verdict in words.",
    footer = {"", "Example:", "  banyan parity catalog.product"})
final class ParityCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.get(AdminClient.route(id) + "/evidence");
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    var tree = answer.tree();
    screen.line(
        "%s: %s requests since %s"
            .formatted(
                Words.text(tree.path("routeId")),
                Words.text(tree.path("requests")),
                Words.text(tree.path("since"))));
    ReplicaLines.of(tree).forEach(screen::line);
    screen.line(
        "compared: %s matched, %s tolerated, %s mismatched"
            .formatted(
                Words.text(tree.path("matched")),
                Words.text(tree.path("tolerated")),
                Words.text(tree.path("mismatched"))));
    screen.line("incomparable: " + Words.counts(tree.path("incomparable")));
    screen.line("skipped or dropped, not compared: " + Words.counts(tree.path("skipped")));
    if (!tree.path("repeats").isEmpty()) {
      screen.line("sent again: " + Words.counts(tree.path("repeats")));
    }
    side(screen, "legacy", tree.path("legacy"));
    side(screen, "migrated", tree.path("migrated"));
    var contracts = tree.path("contracts");
    screen.line(
        contracts.isObject()
            ? "contract: %s passed, %s failed at %s"
                .formatted(
                    Words.text(contracts.path("passed")),
                    Words.text(contracts.path("failed")),
                    Words.text(contracts.path("at")))
            : "contract: no report");
    NoiseLines.of(tree.path("noise")).forEach(screen::line);
    var verdict = Words.verdict(tree.path("verdict"));
    var colour = Words.colour(tree.path("verdict").path("word").asText());
    screen.line(colour, verdict.getFirst());
    verdict.stream().skip(1).forEach(screen::line);
    return 0;
  }

  private static void side(Screen screen, String name, JsonNode side) {
    screen.line(
        "%s: %s answers, %s errors, p50 %s, p95 %s, p99 %s"
            .formatted(
                name,
                Words.text(side.path("answers")),
                Words.text(side.path("errors")),
                Words.millis(side.path("p50Millis")),
                Words.millis(side.path("p95Millis")),
                Words.millis(side.path("p99Millis"))));
  }
}
