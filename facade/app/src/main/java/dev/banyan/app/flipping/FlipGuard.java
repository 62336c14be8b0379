package dev.banyan.app.flipping;

import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.ForwardGuard;
import dev.banyan.migration.StageChange;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps a route from flipping forward after a breach at any replica that nobody has acknowledged,
 * and without the approval that it wants.
 */
@Singleton
class FlipGuard implements ForwardGuard {
  private final FlipWatch watch;
  private final Breaches breaches;
  private final Approvals approvals;
  private final InstantSource clock;

  FlipGuard(FlipWatch watch, Breaches breaches, Approvals approvals, InstantSource clock) {
    this.watch = watch;
    this.breaches = breaches;
    this.approvals = approvals;
    this.clock = clock;
  }

  @Override
  public Optional<String> against(StageChange change, long revision) {
    breaches.exchange();
    return watch.against(change.routeId(), clock.instant()).or(() -> approvals.against(change));
  }

  @Override
  public Optional<String> foreseen(StageChange change, long revision) {
    breaches.exchange();
    return watch.against(change.routeId(), clock.instant()).or(() -> approvals.foreseen(change));
  }
}
