package dev.banyan.bench;

import java.util.Map;

/** A route without shadowing, and one of the same legacy for each candidate, all of it copied. */
final class ShadowRules {
  static final String OFF = "off";

  private ShadowRules() {}

  /**
   * @param candidates ports by route
   */
  static String of(int legacy, Map<String, Integer> candidates) {
    StringBuilder rules =
        new StringBuilder(
            "version: 1\nupstreams:\n  legacy: { url: http://127.0.0.1:" + legacy + " }\n");
    candidates.forEach(
        (name, port) -> rules.append("  " + name + ": { url: http://127.0.0.1:" + port + " }\n"));
    rules.append("routes:\n  - { id: \"off\", match: { path: /off }, legacy: legacy }\n");
    candidates.forEach(
        (name, port) ->
            rules
                .append("  - { id: " + name + ", match: { path: /" + name + " }, legacy: legacy, ")
                .append("migrated: " + name + ", stage: shadow, compare: dotnet-json,")
                .append(" shadow: { timeout: 2s } }\n"));
    return rules.toString();
  }
}
