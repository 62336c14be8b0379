package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of the REST answers in words. */
public final class Words {
  private Words() {}

  /** A text, or a dash where it is not known. */
  static String text(JsonNode node) {
    return node.isNull() || node.isMissingNode() ? "-" : node.asText();
  }

  public static String millis(JsonNode node) {
    if (!node.isNumber()) {
      return "-";
    }
    return node.isIntegralNumber()
        ? node.asText() + " ms"
        : String.format(java.util.Locale.ROOT, "%.1f ms", node.asDouble());
  }

  /** {@code {"a": 1, "b": 2}} as {@code a 1, b 2}; a plain number as itself. */
  public static String counts(JsonNode node) {
    if (!node.isObject()) {
      return text(node);
    }
    if (node.isEmpty()) {
      return "none";
    }
    return node.properties().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().asText())
        .collect(Collectors.joining(", "));
  }

  /** The verdict's word, then every reason as a bullet. */
  public static List<String> verdict(JsonNode verdict) {
    var lines = new ArrayList<String>();
    lines.add("verdict: " + text(verdict.path("word")));
    verdict.path("reasons").forEach(reason -> lines.add("  - " + reason.asText()));
    return lines;
  }

  /** One line for each budget: how fast it burns in each window; 1x is exactly the budget. */
  static List<String> burns(JsonNode burns) {
    var windows = new LinkedHashMap<String, List<String>>();
    burns.forEach(
        burn ->
            windows
                .computeIfAbsent(burn.path("objective").asText(), o -> new ArrayList<>())
                .add(
                    "%s %.1fx (%d of %d)"
                        .formatted(
                            burn.path("window").asText(),
                            burn.path("rate").asDouble(),
                            burn.path("bad").asLong(),
                            burn.path("requests").asLong())));
    return windows.entrySet().stream()
        .map(
            line ->
                "budget %s burns: %s".formatted(line.getKey(), String.join(", ", line.getValue())))
        .toList();
  }

  public static List<String> flip(JsonNode flip) {
    var lines = new ArrayList<String>();
    var planned = flip.path("dryRun").asBoolean();
    lines.add(
        "%s%s: %s -> %s%s"
            .formatted(
                planned ? "would flip " : "",
                text(flip.path("routeId")),
                text(flip.path("from")),
                text(flip.path("to")),
                planned ? "" : written(flip.path("revision"))));
    if (flip.path("verdict").isObject()) {
      lines.addAll(verdict(flip.path("verdict")));
    }
    if (flip.path("against").isTextual()) {
      lines.add("against it: " + text(flip.path("against")));
    }
    return lines;
  }

  /** A rollback is in force before it is in the ledger. */
  private static String written(JsonNode revision) {
    return revision.isNumber()
        ? " (revision " + revision.asText() + ")"
        : " (in force; the ledger gets it as soon as it answers)";
  }

  static Screen.Colour colour(String verdict) {
    return switch (verdict.toLowerCase(java.util.Locale.ROOT)) {
      case "ready" -> Screen.Colour.GREEN;
      case "notready", "not-ready", "not_ready", "not ready" -> Screen.Colour.RED;
      default -> Screen.Colour.YELLOW;
    };
  }

  /** What would settle a difference, by the rule file or by code. */
  static List<String> cure(JsonNode cure) {
    var lines = new ArrayList<String>();
    lines.add("  cure in code: " + text(cure.path("code")));
    var rule = cure.path("rule").asText("");
    if (!rule.isEmpty()) {
      lines.add("  cure in the rule file, below the profile:");
      rule.lines().forEach(line -> lines.add("    " + line));
    }
    return lines;
  }

  /** The top exemplar of a signature, side by side. */
  public static List<String> exemplar(JsonNode exemplar, int width) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s %s at %s; control is %s, status %s | %s"
            .formatted(
                text(exemplar.path("method")),
                text(exemplar.path("target")),
                text(exemplar.path("at")),
                text(exemplar.path("controlSide")),
                text(exemplar.path("control").path("status")),
                text(exemplar.path("candidate").path("status"))));
    lines.addAll(
        SideBySide.of(body(exemplar.path("control")), body(exemplar.path("candidate")), width));
    for (var difference : exemplar.path("differences")) {
      lines.add(
          "  %s %s: %s | %s"
              .formatted(
                  text(difference.path("location")),
                  text(difference.path("kind")),
                  text(difference.path("control")),
                  text(difference.path("candidate"))));
    }
    return lines;
  }

  private static String body(JsonNode answer) {
    var body = answer.path("body");
    if (body.isContainerNode()) {
      return body.toString();
    }
    return body.isTextual() ? body.asText() : text(body);
  }
}
