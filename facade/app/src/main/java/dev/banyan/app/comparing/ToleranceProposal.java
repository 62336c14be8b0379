package dev.banyan.app.comparing;

import java.util.List;

/**
 * What tolerances for one signature would do.
 *
 * @param settles how the signature would stand; {@code stale} where none of its exemplars could be
 *     compared again
 * @param hides other mismatches that would be accepted as well
 * @param unknown mismatches at the same place that could not be compared again
 */
public record ToleranceProposal(Standing settles, List<Hidden> hides, List<Hidden> unknown) {

  /** One signature of a route that compares by the profile. */
  public record Hidden(
      String routeId, String signature, String location, String kind, long count) {}
}
