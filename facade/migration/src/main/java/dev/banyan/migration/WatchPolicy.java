package dev.banyan.migration;

import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.Share;
import java.time.Duration;
import java.util.Optional;

/**
 * What the migrated side may do while it serves clients, before legacy takes over again.
 *
 * @param window how far back is looked
 * @param least fewer answers, or comparisons, than this in the window are no verdict
 * @param confidence how sure a breach must be; higher than a gate's, as it is looked for all day
 * @param errors the share of errors that is accepted, where legacy has no more
 * @param mismatches likewise of mismatches; all of them switches the check off
 * @param p95 what the p95 may come to, where legacy's is no more
 * @param slower the multiple of legacy's p95 that is accepted
 * @param coolDown how long nobody may flip forward after a breach
 */
public record WatchPolicy(
    Duration window,
    int least,
    double confidence,
    Share errors,
    Share mismatches,
    Optional<Duration> p95,
    double slower,
    Duration coolDown) {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Share ONE_PERCENT = new Share(100);

  /** By the route's budget and gate; where it has no budget for errors, 1 %. */
  public static WatchPolicy of(RouteTarget.Forward route) {
    return new WatchPolicy(
        TEN_SECONDS,
        20,
        0.999,
        route.budget().errors().orElse(ONE_PERCENT),
        route.gate().mismatches(),
        route.budget().p95(),
        2,
        TEN_MINUTES);
  }
}
