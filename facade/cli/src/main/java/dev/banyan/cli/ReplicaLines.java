package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Whose evidence it is, in words; each replica's share of it where there are several. */
final class ReplicaLines {
  private ReplicaLines() {}

  static List<String> of(JsonNode evidence) {
    var lines = new ArrayList<String>();
    if (!evidence.path("reach").isTextual()) {
      return lines;
    }
    var replicas = evidence.path("replicas");
    lines.add("seen by: " + Words.text(evidence.path("reach")));
    if (replicas.size() > 1) {
      replicas.forEach(replica -> lines.add(line(replica)));
    }
    return lines;
  }

  private static String line(JsonNode replica) {
    var compared =
        replica.path("matched").asLong()
            + replica.path("tolerated").asLong()
            + replica.path("mismatched").asLong();
    return "  - %s (%s): %s requests, %d compared, %s mismatched%s%s"
        .formatted(
            Words.text(replica.path("id")),
            life(replica),
            Words.text(replica.path("requests")),
            compared,
            Words.text(replica.path("mismatched")),
            replica.path("version").isTextual()
                ? ", version " + Words.text(replica.path("version"))
                : "",
            replica.path("counted").asBoolean() ? "" : "; not counted: another version");
  }

  private static String life(JsonNode replica) {
    if (replica.path("self").asBoolean()) {
      return "this one";
    }
    return replica.path("live").asBoolean() ? "live" : "gone";
  }
}
