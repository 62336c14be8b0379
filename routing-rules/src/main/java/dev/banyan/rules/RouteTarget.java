package dev.banyan.rules;

import java.util.Optional;

/** What happens to the requests of a route. */
public sealed interface RouteTarget {

  /**
   * They are sent to an upstream.
   *
   * @param legacy name of the legacy upstream
   * @param migrated name of the migrated upstream; without one the route stays in stage {@code
   *     legacy}
   * @param firstStage the stage before the ledger knows the route
   * @param compare name of the comparison profile
   * @param canary how it goes from {@code shadow} to {@code live}
   * @param noise how what varies by itself is found; none where legacy is asked nothing twice
   * @param fallback where safe requests go that the migrated side gave no byte of an answer to
   */
  record Forward(
      String legacy,
      Optional<String> migrated,
      Stage firstStage,
      ShadowPolicy shadow,
      String compare,
      Budget budget,
      GatePolicy gate,
      CanaryPolicy canary,
      Optional<NoisePolicy> noise,
      Fallback fallback,
      HostPolicy host)
      implements RouteTarget {
    /** Goes by any steps, falls back to legacy and keeps Host. */
    public Forward(
        String legacy,
        Optional<String> migrated,
        Stage firstStage,
        ShadowPolicy shadow,
        String compare,
        Budget budget,
        GatePolicy gate) {
      this(
          legacy,
          migrated,
          firstStage,
          shadow,
          compare,
          budget,
          gate,
          CanaryPolicy.DEFAULT,
          Optional.empty(),
          Fallback.LEGACY,
          new HostPolicy.Keep());
    }

    /** The same, compared by another profile. */
    Forward comparedBy(String profile) {
      return new Forward(
          legacy,
          migrated,
          firstStage,
          shadow,
          profile,
          budget,
          gate,
          canary,
          noise,
          fallback,
          host);
    }
  }

  /** Who answers where the migrated side does not. */
  enum Fallback {
    LEGACY,
    NONE
  }

  /**
   * They are refused.
   *
   * @param status 400 to 599
   */
  record Refusal(int status) implements RouteTarget {}
}
