package dev.banyan.rules;

import org.jspecify.annotations.Nullable;

/** The parts of a request that routes look at, as they came off the wire. */
public interface RequestHead {
  /** Case-sensitive, as sent. */
  String method();

  /**
   * The Host header or {@code :authority}, with its port if it has one; empty if there was none.
   */
  String host();

  /** The path, raw: nothing decoded, nothing normalised. */
  String path();

  /** The query, raw, without the question mark; empty if there was none. */
  String query();

  /** The first value of a header, by lower-case name. */
  @Nullable String header(String name);
}
