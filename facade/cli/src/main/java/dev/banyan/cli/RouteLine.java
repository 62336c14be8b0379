package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** The routes as a table. */
final class RouteLine {
  private RouteLine() {}

  static TextTable table() {
    return new TextTable(
        "id",
        "stage",
        "requests",
        "matched",
        "tolerated",
        "mismatched",
        "skipped",
        "p95 legacy",
        "p95 migrated",
        "verdict");
  }

  static void add(TextTable table, JsonNode route) {
    var refuses = "refuse".equals(route.path("kind").asText());
    table.row(
        Words.text(route.path("id")),
        refuses ? "refuse " + Words.text(route.path("status")) : Words.text(route.path("stage")),
        Words.text(route.path("requests")),
        Words.text(route.path("matched")),
        Words.text(route.path("tolerated")),
        Words.text(route.path("mismatched")),
        Words.text(route.path("skipped")),
        Words.millis(route.path("legacyP95Millis")),
        Words.millis(route.path("migratedP95Millis")),
        Words.text(route.path("verdict").path("word")));
  }
}
