package dev.banyan.parity;

import java.util.Set;

/**
 * One change of a body.
 *
 * @param sort as reports call it: {@code value}, {@code order}, {@code white-space}…
 * @param body the changed text
 * @param expected what has to be found, as {@code location kind}; empty where nothing is said
 */
record Mutation(String sort, String body, Set<String> expected) {
  boolean changesInformation() {
    return !expected.isEmpty();
  }
}
