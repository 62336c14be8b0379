package dev.banyan.parity.noise;

/**
 * How often something happened.
 *
 * @param hits of {@code of}
 */
public record Rate(long hits, long of) {
  public static final Rate NONE = new Rate(0, 0);

  public Rate {
    if (hits < 0 || hits > of) {
      throw new IllegalArgumentException("hits: " + hits + " (expected: 0 to " + of + ")");
    }
  }

  /** The bounds that hold at every look at once, but for a chance of {@code error} in all. */
  public Bounds bounds(double error) {
    return RateBounds.of(this, error);
  }

  /** 0 where there is nothing to tell from. */
  public double fraction() {
    return of == 0 ? 0 : (double) hits / of;
  }

  Rate plus(Rate other) {
    return new Rate(hits + other.hits, of + other.of);
  }

  /** Where the true rate lies; 0 to 1 where nothing is known. */
  public record Bounds(double low, double high) {}
}
