package dev.banyan.rules;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The known keys of a mapping.
 *
 * @param meant keys that are not there, but that an unknown key was evidently meant to be: one
 *     mistake, told once
 */
record Fields(RuleNode owner, Map<String, RuleNode> known, Set<String> meant) {

  Optional<RuleNode> find(String key) {
    return Optional.ofNullable(known.get(key));
  }

  /** Whether the key is there, or is meant to be. */
  boolean wants(String key) {
    return known.containsKey(key) || meant.contains(key);
  }

  /** A key that must be there; where it is not, that is a problem. */
  Optional<RuleNode> required(String key, String cure) {
    if (!wants(key)) {
      owner.problemAtKey("missing key: " + key, cure);
    }
    return find(key);
  }

  /** Where to point at when a key is the matter: its node, or the whole mapping. */
  RuleNode at(String key) {
    return find(key).orElse(owner);
  }
}
