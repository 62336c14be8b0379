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
 * of them where {@code banyan.four-eyes} says so. An approval is bound to the route's place in the
 * ledger, so the flip that it was given for spends it.
 */
@Singleton
public class Approvals {
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
      if (kept.orElse(null) instanceof Approval.Given given && given.against(hash, now).isEmpty()) {
        return Optional.empty();
      }
      if (kept.orElse(null) instanceof Approval.Asked asked
          && asked.change().equals(hash)
          && now.isBefore(asked.expires())) {
        return Optional.of(waiting(asked));
      }
      Approval.Asked asked = Approval.ask(hash, change.who(), now, goodFor);
      store.ask(change.routeId(), change.from(), change.to(), asked);
      return Optional.of(waiting(asked));
    } catch (LedgerUnavailable away) {
      return Optional.of("approval: " + away.getMessage() + " (expected: a store to look it up)");
    }
  }

  private static String waiting(Approval.Asked asked) {
    return "approval: none yet (expected: of another person than %s, until %s; change %s)"
        .formatted(asked.by(), asked.expires(), asked.change());
  }

  /** What is asked for or given; none where nobody asked. */
  public Optional<Kept> of(String routeId) throws LedgerUnavailable {
    return store.of(routeId);
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
    return fourEyes || (change.who().equals(PromoterLoop.WHO) && wantsApproval(change.routeId()));
  }

  private boolean wantsApproval(String routeId) {
    return tables
        .get()
        .route(routeId)
        .map(route -> (RouteTarget.Forward) route.target())
        .filter(forward -> forward.canary().mode() == CanaryPolicy.Mode.AUTOMATIC_WITH_APPROVAL)
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
