package dev.banyan.parity;

import dev.banyan.rules.CompareProfile;

/** Compares two answers to one request by one profile. Thread-safe and stateless. */
public final class Comparer {
  private final CompareProfile profile;

  private Comparer(CompareProfile profile) {
    this.profile = profile;
  }

  public static Comparer of(CompareProfile profile) {
    return new Comparer(profile);
  }

  /** Never throws: what it cannot judge is {@link Comparison.Incomparable}. */
  public Comparison compare(Observation control, Observation candidate) {
    throw new UnsupportedOperationException(profile.name());
  }
}
