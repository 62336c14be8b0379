package dev.banyan.app.noise;

import dev.banyan.migration.EvidenceWindows;
import java.time.InstantSource;

/** For tests of those who are handed one. */
public final class NoiseWatches {
  private NoiseWatches() {}

  public static NoiseWatch of(EvidenceWindows evidence, InstantSource clock) {
    return new NoiseWatch(evidence, clock);
  }
}
