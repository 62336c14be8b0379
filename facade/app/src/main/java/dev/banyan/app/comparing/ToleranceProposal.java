package dev.banyan.app.comparing;

import java.util.List;

/**
 * The narrowest tolerances that would settle one signature, and what else they would hide.
 *
 * @param profile the profile they belong in; one to be written where the route's is built in
 * @param yaml what to write into the rule file
 * @param settles whether the exemplars of the signature are accepted with it; {@code stale} where
 *     none of them could be compared again
 * @param hides other mismatches that would be accepted as well
 * @param unknown mismatches at the same place that could not be compared again
 */
public record ToleranceProposal(
    String routeId,
    String signature,
    String profile,
    String yaml,
    Standing settles,
    List<Hidden> hides,
    List<Hidden> unknown) {

  /** One signature of a route that compares by the profile. */
  public record Hidden(
      String routeId, String signature, String location, String kind, long count) {}
}
