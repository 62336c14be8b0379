package dev.banyan.rules;

import java.util.Set;

/**
 * Clients that reach the migrated side before the rest: of those whose header has one of these
 * values, at least this share.
 *
 * @param header in lower case
 * @param values exact; its first value counts
 */
public record Cohort(String header, Set<String> values, Share share) {
  public Cohort {
    values = Set.copyOf(values);
  }

  boolean has(RequestHead head) {
    String value = head.header(header);
    return value != null && values.contains(value);
  }
}
