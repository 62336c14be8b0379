package dev.banyan.migration;

import dev.banyan.rules.CanaryPolicy;
import dev.banyan.rules.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes a route's steps by itself, from {@code shadow} through its canaries to {@code live}: each
 * after its pause, on its own evidence. It neither begins a migration nor ends it: {@code shadow}
 * and {@code retired} are asked for by a person. Pure.
 */
public final class Promoter {
  private Promoter() {}

  /**
   * All that the next step depends on.
   *
   * @param since when the route came into its present stage
   * @param verdict the gate's, on the evidence since then
   * @param against why it must not flip forward, if so ({@link FlipWatch#against})
   * @param approval whether a person has approved of exactly this step
   */
  public record Situation(
      Stage stage,
      Instant since,
      CanaryPolicy canary,
      Verdict verdict,
      Optional<String> against,
      Approved approval) {}

  /** Whether somebody has said yes. */
  public enum Approved {
    YES,
    NOT_YET
  }

  public static Promotion next(Situation now, Instant at) {
    if (now.canary().mode() == CanaryPolicy.Mode.MANUAL) {
      return new Promotion.Leave("mode: manual");
    }
    if (!(now.stage() instanceof Stage.Shadow) && !(now.stage() instanceof Stage.Canary)) {
      return new Promotion.Leave("stage: " + now.stage().text() + " is left by a person");
    }
    if (now.against().isPresent()) {
      return new Promotion.Wait(now.against().get());
    }
    Duration left = Duration.between(at, now.since().plus(now.canary().pause()));
    if (left.isPositive()) {
      return new Promotion.Wait("pause: " + Figures.span(left) + " left");
    }
    if (!(now.verdict() instanceof Verdict.Ready)) {
      return new Promotion.Wait(
          now.verdict().word() + ": " + String.join("; ", now.verdict().reasons()));
    }
    Stage to = FlipPlanner.next(now.stage(), now.canary().steps()).orElseThrow();
    return switch (now.canary().mode()) {
      case MANUAL, AUTOMATIC -> new Promotion.Take(to);
      case AUTOMATIC_WITH_APPROVAL ->
          now.approval() == Approved.YES ? new Promotion.Take(to) : new Promotion.Ask(to);
    };
  }
}
