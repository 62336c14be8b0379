package dev.banyan.parity;

/**
 * What makes two differences the same finding: the place and the kind, whatever the values.
 *
 * @param location as {@link Difference#location}
 */
public record Signature(String location, Difference.Kind kind) {

  public static Signature of(Difference difference) {
    return new Signature(difference.location(), difference.kind());
  }
}
