package dev.banyan.migration;

import dev.banyan.migration.FlipPlan.Judging;
import dev.banyan.rules.Share;
import dev.banyan.rules.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Says whether a stage change is allowed: {@code legacy → shadow → canary(p) → live → retired}, one
 * step at a time, and back to {@code legacy} from all but the last. Where a route's canary steps
 * are written, each is taken, in their order; else a canary may grow by as much as one likes. Pure.
 */
public final class FlipPlanner {
  /** The canary that follows {@code shadow} where nobody names a share. */
  public static final Share FIRST_CANARY = new Share(1_000);

  private FlipPlanner() {}

  /** Of a route without written canary steps. */
  public static FlipPlan plan(Stage from, Stage to) {
    return plan(from, to, List.of());
  }

  /**
   * Of any route.
   *
   * @param steps the written canary steps, rising; or none
   */
  public static FlipPlan plan(Stage from, Stage to, List<Share> steps) {
    if (from.equals(to)) {
      return new FlipPlan.NoChange(from);
    }
    if (to instanceof Stage.Legacy && from instanceof Stage.Reversible reversible) {
      return new FlipPlan.Back(reversible, reversible.rollBack());
    }
    return forward(from, to, steps);
  }

  private static FlipPlan forward(Stage from, Stage to, List<Share> steps) {
    if (!steps.isEmpty() && skipsAStep(from, to, steps)) {
      return illegal(from, to, "every written step is taken; expected", steps);
    }
    return switch (from) {
      case Stage.Legacy legacy when to instanceof Stage.Shadow ->
          new FlipPlan.Forward(from, legacy.shadow(), Judging.NONE);
      case Stage.Shadow shadow when to instanceof Stage.Canary(Share share) ->
          new FlipPlan.Forward(from, shadow.canary(share), Judging.BY_GATE);
      case Stage.Canary canary when to instanceof Stage.Canary(Share share) ->
          resize(canary, share, steps);
      case Stage.Canary canary when to instanceof Stage.Live ->
          new FlipPlan.Forward(from, canary.live(), Judging.BY_GATE);
      case Stage.Live live when to instanceof Stage.Retired ->
          new FlipPlan.Forward(from, live.retire(), Judging.BY_GATE);
      default -> illegal(from, to, "expected", steps);
    };
  }

  private static FlipPlan resize(Stage.Canary canary, Share share, List<Share> steps) {
    return share.compareTo(canary.share()) > 0
        ? new FlipPlan.Forward(canary, canary.grow(share), Judging.BY_GATE)
        : illegal(
            canary,
            new Stage.Canary(share),
            "a canary only grows: roll back instead; expected",
            steps);
  }

  /** A smaller canary than the present one skips nothing; it is refused as such. */
  private static boolean skipsAStep(Stage from, Stage to, List<Share> steps) {
    boolean grows =
        switch (from) {
          case Stage.Shadow shadow -> to instanceof Stage.Canary;
          case Stage.Canary(Share present) ->
              to instanceof Stage.Live
                  || (to instanceof Stage.Canary(Share share) && share.compareTo(present) > 0);
          default -> false;
        };
    return grows && !next(from, steps).equals(Optional.of(to));
  }

  private static FlipPlan illegal(Stage from, Stage to, String expected, List<Share> steps) {
    return new FlipPlan.Illegal(
        "stage: "
            + to.text()
            + " ("
            + expected
            + " after "
            + from.text()
            + ": "
            + after(from, steps)
            + ")");
  }

  private static String after(Stage stage, List<Share> steps) {
    return switch (stage) {
      case Stage.Legacy legacy -> "shadow";
      case Stage.Shadow shadow when steps.isEmpty() -> "canary:PERCENT, or legacy to roll back";
      case Stage.Canary canary when steps.isEmpty() ->
          "canary above " + canary.share() + ", live, or legacy to roll back";
      case Stage.Shadow shadow -> named(shadow, steps);
      case Stage.Canary canary -> named(canary, steps);
      case Stage.Live live -> "retired, or legacy to roll back";
      case Stage.Retired retired -> "nothing, there is no way back";
    };
  }

  private static String named(Stage stage, List<Share> steps) {
    return next(stage, steps).orElseThrow().text() + ", or legacy to roll back";
  }

  /** Of a route without written canary steps. */
  public static Optional<Stage> next(Stage stage) {
    return next(stage, List.of());
  }

  /**
   * The step that is taken where none is named; none after {@code live}, as retiring cannot be
   * undone and must be asked for by name. A canary between two steps, from before they were
   * written, goes on with the next larger one.
   */
  public static Optional<Stage> next(Stage stage, List<Share> steps) {
    return switch (stage) {
      case Stage.Legacy legacy -> Optional.of(legacy.shadow());
      case Stage.Shadow shadow ->
          Optional.of(shadow.canary(steps.isEmpty() ? FIRST_CANARY : steps.getFirst()));
      case Stage.Canary canary ->
          steps.stream()
              .filter(step -> step.compareTo(canary.share()) > 0)
              .findFirst()
              .<Stage>map(canary::grow)
              .or(() -> Optional.of(canary.live()));
      case Stage.Live live -> Optional.empty();
      case Stage.Retired retired -> Optional.empty();
    };
  }
}
