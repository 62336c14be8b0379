package dev.banyan.rules;

/** How the body of a request reaches an upstream. */
public sealed interface RequestBody {
  /** As it comes. */
  record Streamed() implements RequestBody {}

  /**
   * Read whole first, then sent with its length, for upstreams that cannot read chunks.
   *
   * @param cap bytes; a longer body is refused with 413
   */
  record Buffered(int cap) implements RequestBody {}
}
