package dev.banyan.parity;

/**
 * Where something differs, and what: a {@link Signature} without what it looks like, which may be
 * another at every look.
 *
 * @param location as {@link Difference#location}
 */
public record Spot(String location, Difference.Kind kind) {

  public static Spot of(Difference difference) {
    return new Spot(difference.location(), difference.kind());
  }
}
