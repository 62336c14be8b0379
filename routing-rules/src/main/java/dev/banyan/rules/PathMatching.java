package dev.banyan.rules;

import java.util.List;

/**
 * How paths are read where they are matched; what is forwarded never changes.
 *
 * @param letters whether {@code /Orders} and {@code /orders} are one path
 * @param trailingSlash whether {@code /orders} and {@code /orders/} are one path
 */
public record PathMatching(Letters letters, TrailingSlash trailingSlash) {
  /** As the wire has it. */
  public static final PathMatching AS_WRITTEN =
      new PathMatching(Letters.SENSITIVE, TrailingSlash.SIGNIFICANT);

  /** What capitals mean. */
  public enum Letters {
    SENSITIVE,
    /** As .NET's {@code OrdinalIgnoreCase} compares, also letters that stand as escapes. */
    INSENSITIVE
  }

  /** What a slash at the end means. */
  public enum TrailingSlash {
    SIGNIFICANT,
    IGNORED
  }

  boolean ignoresCase() {
    return letters == Letters.INSENSITIVE;
  }

  boolean ignoresTrailingSlash() {
    return trailingSlash == TrailingSlash.IGNORED;
  }

  /** The template's segments, without a slash at the end that means nothing. */
  List<PathTemplate.Segment> segments(PathTemplate template) {
    List<PathTemplate.Segment> segments = template.segments();
    boolean slash =
        ignoresTrailingSlash() && segments.getLast().equals(new PathTemplate.Segment.Literal(""));
    return slash ? segments.subList(0, segments.size() - 1) : segments;
  }

  /**
   * A path or literal without escapes beyond ASCII, one char a byte, in the case that is looked up.
   */
  String normal(String bytes) {
    return ignoresCase() ? CaseFolding.fold(bytes) : bytes;
  }
}
