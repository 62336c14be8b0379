package dev.banyan.rules;

import java.time.Duration;
import java.util.List;

/**
 * How a route goes from {@code shadow} to {@code live}.
 *
 * @param steps the shares it takes on the way, rising; empty where any larger share may follow
 * @param pause how long each step is watched before the next, at the least
 * @param mode who takes the steps
 * @param sticky what keeps a client on one side
 * @param cohorts clients that are ahead of the rest
 */
public record CanaryPolicy(
    List<Share> steps, Duration pause, Mode mode, Sticky sticky, List<Cohort> cohorts) {
  public static final CanaryPolicy DEFAULT =
      new CanaryPolicy(
          List.of(), Duration.ofMinutes(10), Mode.MANUAL, new Sticky.BanyanCookie(), List.of());

  /** Who takes the next step once the gate is ready. */
  public enum Mode {
    MANUAL,
    AUTOMATIC,
    AUTOMATIC_WITH_APPROVAL
  }

  /**
   * What a client is known by. Where a request does not carry it, Banyan's own cookie does.
   *
   * <p>A client's place among all clients follows from it and from the rollout, so that a growing
   * share only ever moves clients forward.
   */
  public sealed interface Sticky {
    /** Nothing: every request is drawn anew. */
    record None() implements Sticky {}

    /** A header's first value, such as a tenant. */
    record Header(String name) implements Sticky {}

    /** A cookie of the application, such as its session. */
    record Cookie(String name) implements Sticky {}

    /** A claim of the JSON Web Token in Authorization, such as its user. */
    record Claim(String name) implements Sticky {}

    /** Only Banyan's own cookie. */
    record BanyanCookie() implements Sticky {}
  }

  public CanaryPolicy {
    steps = List.copyOf(steps);
    cohorts = List.copyOf(cohorts);
    Share before = Share.NONE;
    for (Share step : steps) {
      if (step.compareTo(before) <= 0 || step.equals(Share.ALL)) {
        throw new IllegalArgumentException(
            "canary step: " + step + " (expected: above " + before + " and below 100%)");
      }
      before = step;
    }
  }
}
