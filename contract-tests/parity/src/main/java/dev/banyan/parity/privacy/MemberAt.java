package dev.banyan.parity.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Which member a walk through JSON or a script is in, and how far it has got there.
 *
 * <p>JSON goes on from name to value to comma. A script may write a name without quotes, and an
 * expression for a value: {@code name: known ? 'Jane' : "nobody"} is one value to its end.
 */
final class MemberAt {
  /** A value that ends with one of these goes on, and so does one that is followed by one. */
  private static final String OPERATORS = "+?:|&(=>";

  private enum Point {
    BEFORE_NAME,
    BEHIND_QUOTED_NAME,
    BEHIND_BARE_NAME,
    IN_EXPRESSION
  }

  private Point point = Point.BEFORE_NAME;
  private @Nullable String name;
  private boolean isPrivate;

  void quotedName(String name, boolean isPrivate) {
    begin(Point.BEHIND_QUOTED_NAME, name, isPrivate);
  }

  /**
   * @param name null where no member has it: outside of braces it is a label, or a field of an
   *     event
   */
  void bareName(@Nullable String name, boolean isPrivate) {
    begin(Point.BEHIND_BARE_NAME, name, isPrivate);
  }

  private void begin(Point behind, @Nullable String begun, boolean isPrivateNow) {
    point = behind;
    name = begun;
    isPrivate = isPrivateNow;
  }

  void end() {
    begin(Point.BEFORE_NAME, null, false);
  }

  /**
   * A value, or a part of one, has been read.
   *
   * @param next the last sign of it, or the first one behind it
   */
  void value(char next) {
    if (OPERATORS.indexOf(next) < 0) {
      end();
    } else if (point != Point.BEFORE_NAME) {
      point = Point.IN_EXPRESSION;
    }
  }

  /** Whether a string before a colon would be a name: events have a field's name in front of it. */
  boolean takesQuotedName() {
    return point == Point.BEFORE_NAME || point == Point.BEHIND_BARE_NAME;
  }

  boolean takesBareName() {
    return point != Point.IN_EXPRESSION;
  }

  @Nullable String name() {
    return name;
  }

  boolean isPrivate() {
    return isPrivate;
  }
}
