package dev.banyan.parity.noise;

import java.util.Set;

/**
 * The places of one route that are noise at one moment; swapped whole, never changed.
 *
 * @param locations where another value says nothing
 */
public record KnownNoise(Set<String> locations) {
  public static final KnownNoise NOTHING = new KnownNoise(Set.of());

  public KnownNoise {
    locations = Set.copyOf(locations);
  }

  /** What one comparison is told; remembers what it accepted. */
  public NoiseSeen look() {
    return new NoiseSeen(locations);
  }
}
