package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Tells which route a request takes and why, without sending it. */
@Command(
    name = "explain",
    description = "Tells which route a request takes and why, without sending it.",
    footer = {
      "",
      "Example:",
      "  banyan explain GET /api/products/1",
      "  banyan explain GET '/Orders.ashx?id=10001' -H 'Accept: application/json'"
    })
final class ExplainCommand extends AdminCommand {
  @Parameters(index = "0", paramLabel = "METHOD", description = "The request's method.")
  String method = "";

  @Parameters(index = "1", paramLabel = "URL", description = "Path and query, or a whole URL.")
  String url = "";

  @Option(names = "-H", paramLabel = "HEADER", description = "A header, 'Name: value'; repeatable.")
  List<String> headers = new ArrayList<>();

  @Override
  void checkUsage() {
    for (var header : headers) {
      if (header.indexOf(':') < 1) {
        throw new ParameterException(
            spec.commandLine(), "-H: " + header + " (expected: 'Name: value')");
      }
    }
  }

  @Override
  int run(AdminClient admin, Screen screen) {
    var query =
        new StringBuilder("/api/v1/explain?method=")
            .append(AdminClient.encoded(method))
            .append("&url=")
            .append(AdminClient.encoded(url));
    for (var header : headers) {
      query.append("&header=").append(AdminClient.encoded(header));
    }
    var answer = admin.get(query.toString());
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    var tree = answer.tree();
    if ("refuse".equals(tree.path("decision").asText())) {
      screen.line(
          "refused with %s by %s: %s"
              .formatted(
                  Words.text(tree.path("status")),
                  Words.text(tree.path("routeId")),
                  Words.text(tree.path("reason"))));
    } else {
      screen.line(
          "served by %s (upstream %s), route %s, stage %s, %s"
              .formatted(
                  Words.text(tree.path("side")),
                  Words.text(tree.path("upstream")),
                  Words.text(tree.path("routeId")),
                  Words.text(tree.path("stage")),
                  mirror(tree.path("mirror"))));
    }
    for (var considered : tree.path("considered")) {
      screen.line(
          "  %s %s: %s"
              .formatted(
                  considered.path("matched").asBoolean() ? "+" : "-",
                  Words.text(considered.path("routeId")),
                  Words.text(considered.path("why"))));
    }
    return 0;
  }

  private static String mirror(JsonNode mirror) {
    if (mirror.isTextual()) {
      return "mirrored to " + mirror.asText();
    }
    return mirror.asBoolean() ? "mirrored" : "not mirrored";
  }
}
