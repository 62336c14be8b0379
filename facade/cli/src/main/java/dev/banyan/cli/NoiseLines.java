package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is known of noise, in words; nothing for routes that do not look for it. */
final class NoiseLines {
  private static final int SHOWN = 10;

  private NoiseLines() {}

  static List<String> of(JsonNode noise) {
    if (!noise.isObject()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "noise: looked for in %s baseline pairs, not repeated: %s"
            .formatted(
                Words.text(noise.path("baselinePairs")), Words.counts(noise.path("notRepeated"))));
    int places = noise.path("places").size();
    for (int i = 0; i < Math.min(SHOWN, places); i++) {
      lines.add("  " + place(noise.path("places").get(i)));
    }
    if (places > SHOWN) {
      lines.add("  and %d more places".formatted(places - SHOWN));
    }
    return lines;
  }

  private static String place(JsonNode place) {
    String missing =
        place.path("missing").isNumber()
            ? ", about %s more baseline pairs".formatted(Words.text(place.path("missing")))
            : "";
    return "%s %s: %s%s%s; legacy differs from itself in %s, from the candidate in %s"
        .formatted(
            Words.text(place.path("location")),
            Words.text(place.path("kind")),
            Words.text(place.path("called")),
            place.path("accepted").asBoolean() ? ", accepted" : "",
            missing,
            rate(place.path("baseline")),
            rate(place.path("candidate")));
  }

  private static String rate(JsonNode rate) {
    return String.format(
        Locale.ROOT,
        "%s of %s (%.1f%% to %.1f%%)",
        Words.text(rate.path("differed")),
        Words.text(rate.path("of")),
        100 * rate.path("low").asDouble(),
        100 * rate.path("high").asDouble());
  }
}
