package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A problem document (RFC 9457) as lines for a person: title, detail, verdict, then bullets. */
final class ProblemLines {
  private ProblemLines() {}

  static List<String> of(int status, JsonNode problem) {
    var lines = new ArrayList<String>();
    lines.add(problem.path("title").asText("The admin port refused") + " (" + status + ")");
    if (problem.hasNonNull("detail")) {
      lines.add(problem.path("detail").asText());
    }
    var verdict = problem.path("verdict");
    if (problem.hasNonNull("verdict")) {
      lines.add("verdict: " + verdict.path("word").asText(verdict.asText()));
    }
    var reasons =
        problem.path("reasons").isEmpty() ? verdict.path("reasons") : problem.path("reasons");
    reasons.forEach(reason -> lines.add("  - " + reason.asText()));
    problem.path("problems").forEach(found -> lines.add("  - " + ofRules(found)));
    return lines;
  }

  /** One problem of a rule set: {@code file:line place: what (cure)}. */
  static String ofRules(JsonNode found) {
    return "%s:%s %s: %s (%s)"
        .formatted(
            Words.text(found.path("file")),
            Words.text(found.path("line")),
            Words.text(found.path("place")),
            Words.text(found.path("what")),
            Words.text(found.path("cure")));
  }
}
