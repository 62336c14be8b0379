package dev.banyan.app.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.cure.Cure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as programs read them. */
final class FindingJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FindingJson() {}

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("plain values", impossible);
    }
  }

  /** Adds outcome, rules, reason and differences. */
  static void put(Map<String, Object> view, Comparison comparison) {
    switch (comparison) {
      case Comparison.Match() -> view.put("outcome", "match");
      case Comparison.Tolerated tolerated -> {
        view.put("outcome", "tolerated");
        view.put("rules", tolerated.rules());
        view.put("differences", differences(tolerated.differences()));
      }
      case Comparison.Mismatch mismatch -> {
        view.put("outcome", "mismatch");
        view.put("differences", differences(mismatch.differences()));
      }
      case Comparison.Incomparable(String reason) -> {
        view.put("outcome", "incomparable");
        view.put("reason", reason);
      }
    }
  }

  static Map<String, Object> counts(Tally tally) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("pairs", tally.pairs());
    view.put("matched", tally.matched());
    view.put("tolerated", tally.tolerated());
    view.put("mismatched", tally.mismatched());
    view.put("incomparable", tally.incomparable());
    view.put("rules", tally.rules());
    view.put("reasons", tally.reasons());
    return view;
  }

  static List<Map<String, Object>> signatures(Tally tally) {
    return tally.sightings().stream()
        .map(
            one -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("pairs", one.pairs());
              view.put("request", one.title());
              view.putAll(view(one.exemplar()));
              return view;
            })
        .toList();
  }

  static List<Map<String, Object>> differences(List<Difference> differences) {
    return differences.stream().map(FindingJson::view).toList();
  }

  static Map<String, Object> view(Difference difference) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("location", difference.location());
    view.put("kind", difference.kind().word());
    view.put("control", difference.control());
    view.put("candidate", difference.candidate());
    view.put("diagnosis", difference.diagnosis().name());
    view.put("looksLike", difference.diagnosis().text());
    view.put("cure", Cure.of(difference));
    return view;
  }
}
