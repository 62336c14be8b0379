package dev.banyan.app.flipping;

import dev.banyan.app.evidence.SharedEvidence;
import dev.banyan.app.store.ApprovalStore;
import dev.banyan.app.store.ApprovalStore.Kept;
import dev.banyan.migration.Approval;
import dev.banyan.migration.Ledger;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.migration.LedgerEntry;
import dev.banyan.migration.StageChange;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.CanaryPolicy;
import dev.banyan.rules.GatePolicy;
import dev.banyan.rules.RouteTarget;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Four eyes on flips forward: those that the promoter takes of a route that wants approval, and all
 * of them where the route's gate or {@code banyan.four-eyes} says so. An approval is bound to the
 * route's place in the ledger, so the flip that it was given for spends it.
 */
@Singleton
public class Approvals {
  private static final String NO_STORE = "approval: %s (expected: a store to look it up)";

  private final ApprovalStore store;
  private final Ledger ledger;
  private final TableKeeper tables;
  private final SharedEvidence evidence;
  private final InstantSource clock;
  private final boolean fourEyes;
  private final Duration goodFor;

  Approvals(
      ApprovalStore store,
      Ledger ledger,
      TableKeeper tables,
      SharedEvidence evidence,
      InstantSource clock,
      @ConfigProperty(name = "banyan.four-eyes", defaultValue = "false") boolean fourEyes,
      @ConfigProperty(name = "banyan.approval-expires", defaultValue = "24h") Duration goodFor) {
    this.store = store;
    this.ledger = ledger;
    this.tables = tables;
    this.evidence = evidence;
    this.clock = clock;
    this.fourEyes = fourEyes;
    this.goodFor = goodFor;
  }

  /** Why the change must not be made yet; where nobody has asked for approval, it is asked for. */
  Optional<String> against(StageChange change) {
    if (!isNeeded(change)) {
      return Optional.empty();
    }
    try {
      String hash = hash(change);
      Instant now = clock.instant();
      Optional<Approval> kept = store.of(change.routeId()).map(Kept::approval);
      if (isGiven(kept, hash, now)) {
        return Optional.empty();
      }
      if (kept.orElse(null) instanceof Approval.Asked asked
          && asked.change().equals(hash)
          && now.isBefore(asked.expires())) {
        return Optional.of(waiting(change.routeId(), asked));
      }
      Approval.Asked asked = Approval.ask(hash, change.who(), now, goodFor);
      store.ask(change.routeId(), change.from(), change.to(), asked);
      return Optional.of(waiting(change.routeId(), asked));
    } catch (LedgerUnavailable away) {
      return Optional.of(NO_STORE.formatted(away.getMessage()));
    }
  }

  /** The same for a change that is only planned: nothing is asked for. */
  Optional<String> foreseen(StageChange change) {
    if (!isNeeded(change)) {
      return Optional.empty();
    }
    try {
      Optional<Approval> kept = store.of(change.routeId()).map(Kept::approval);
      return isGiven(kept, hash(change), clock.instant())
          ? Optional.empty()
          : Optional.of(
              "approval: none yet (expected: another person than "
                  + change.who()
                  + "; the first try asks for it)");
    } catch (LedgerUnavailable away) {
      return Optional.of(NO_STORE.formatted(away.getMessage()));
    }
  }

  private static boolean isGiven(Optional<Approval> kept, String hash, Instant now) {
    return kept.orElse(null) instanceof Approval.Given given && given.against(hash, now).isEmpty();
  }

  private static String waiting(String routeId, Approval.Asked asked) {
    return "approval: none yet (expected: another person than %s says banyan approve %s, until %s; change %s)"
        .formatted(asked.by(), routeId, asked.expires(), asked.change());
  }

  /** What is asked for or given; none where nobody asked. */
  public Optional<Kept> of(String routeId) throws LedgerUnavailable {
    return store.of(routeId);
  }

  /** Those that have not expired, of routes that are still in the stage that they lead from. */
  public List<Kept> open() throws LedgerUnavailable {
    Instant now = clock.instant();
    return store.all().stream()
        .filter(kept -> isOpen(kept.approval(), now))
        .filter(kept -> tables.stage(kept.routeId()).equals(Optional.of(kept.from())))
        .toList();
  }

  private static boolean isOpen(Approval approval, Instant now) {
    return switch (approval) {
      case Approval.Asked asked -> now.isBefore(asked.expires());
      case Approval.Given given -> now.isBefore(given.expires());
      case Approval.Spent spent -> false;
    };
  }

  /**
   * A person says yes.
   *
   * @param change the hash of what they have seen
   * @return why it does not count; none where it does
   */
  public Optional<String> approve(String routeId, String change, String who)
      throws LedgerUnavailable {
    Optional<Kept> kept = store.of(routeId);
    if (kept.isEmpty() || !(kept.get().approval() instanceof Approval.Asked asked)) {
      return Optional.of("approval: nobody asks for one of " + routeId);
    }
    return switch (asked.approve(change, who, clock.instant())) {
      case Approval.Answer.Refused(String reason) -> Optional.of(reason);
      case Approval.Answer.Yes(Approval.Given given) ->
          store.give(routeId, given)
              ? Optional.empty()
              : Optional.of("approval: another one was asked for meanwhile (expected: look again)");
    };
  }

  private boolean isNeeded(StageChange change) {
    return fourEyes
        || tables
            .get()
            .route(change.routeId())
            .map(route -> (RouteTarget.Forward) route.target())
            .filter(
                route ->
                    route.gate().fourEyes() == GatePolicy.FourEyes.REQUIRED
                        || (change.who().equals(PromoterLoop.WHO)
                            && route.canary().mode() == CanaryPolicy.Mode.AUTOMATIC_WITH_APPROVAL))
            .isPresent();
  }

  private String hash(StageChange change) throws LedgerUnavailable {
    List<LedgerEntry> last = ledger.history(change.routeId(), 1);
    return Approval.hash(
        change.routeId(),
        change.from(),
        change.to(),
        change.rulesDigest(),
        evidence.of(change.routeId()).sum().version(),
        last.isEmpty() ? 0 : last.getFirst().revision());
  }
}
