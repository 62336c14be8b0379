package dev.banyan.parity.json;

import org.jspecify.annotations.Nullable;

/** What arrays and objects have in common: they may be unread, and know a value beside them. */
abstract sealed class Grown permits Json.Arr, Json.Obj {
  private @Nullable Part part;
  private @Nullable Grown partner;
  private boolean alike;
  private boolean hashed;
  private long hash;

  Grown(@Nullable Part part) {
    this.part = part;
  }

  abstract long newHash();

  /** Equal values have equal ones; found when it is asked for. */
  public long hash() {
    if (!hashed) {
      hash = alike && partner != null && partner.hashed ? partner.hash : newHash();
      hashed = true;
    }
    return hash;
  }

  /** Two values of which it is known whether they are the same. */
  static void beside(Grown a, Grown b, boolean alike) {
    a.partner = b;
    a.alike = alike;
    b.partner = a;
    b.alike = alike;
  }

  /** Whether it is known if this one and the other are the same. */
  boolean knows(Json other) {
    return partner == other;
  }

  /** Asked where it {@link #knows}. */
  boolean isAlike() {
    return alike;
  }

  /** Whether a member at any level may have that name, as far as can be told unread. */
  boolean mayName(String name) {
    return part == null || part.mayName(name);
  }

  @Nullable Json scalar(String name) {
    return part == null ? null : part.scalar(name);
  }

  /** Once. */
  Json read() {
    Part unread = part;
    if (unread == null) {
      throw new IllegalStateException("part of a body: read twice (expected: once)");
    }
    part = null;
    return unread.read();
  }
}
