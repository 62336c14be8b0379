package dev.banyan.parity;

/** Says, for one comparison, which values vary by themselves. Asked about values only. */
@FunctionalInterface
public interface Varying {
  /** Nothing is known to vary. */
  Varying NOTHING = (location, control, candidate) -> false;

  /** The name under which what varies is counted. */
  String NAME = "noise";

  /**
   * Whether another value at this place says nothing.
   *
   * @param location as {@link Difference#location}
   * @param control the control's fragment
   * @param candidate the candidate's fragment
   */
  boolean accepts(String location, String control, String candidate);

  /** Whether it could accept anything at this place. */
  default boolean looksAt(String location) {
    return this != NOTHING;
  }
}
