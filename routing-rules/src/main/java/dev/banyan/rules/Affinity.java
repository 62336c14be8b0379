package dev.banyan.rules;

/** What keeps requests together: those with one value go to one URL while it is well. */
public sealed interface Affinity {
  /** Nothing does: the less busy of two URLs drawn takes the request. */
  record None() implements Affinity {}

  /** The value of a cookie that the client sends. */
  record Cookie(String name) implements Affinity {}

  /**
   * The value of a request header.
   *
   * @param name in lower case
   */
  record Header(String name) implements Affinity {}
}
