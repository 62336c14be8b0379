package dev.banyan.migration;

import dev.banyan.migration.FlipPlan.Judging;
import dev.banyan.rules.Share;
import dev.banyan.rules.Stage;
import java.util.Optional;

/**
 * Says whether a stage change is allowed: {@code legacy → shadow → canary(p) → live → retired}, one
 * step at a time, and back to {@code legacy} from all but the last. Pure.
 */
public final class FlipPlanner {
  /** The canary that follows {@code shadow} where nobody names a share. */
  public static final Share FIRST_CANARY = new Share(1_000);

  private FlipPlanner() {}

  public static FlipPlan plan(Stage from, Stage to) {
    if (from.equals(to)) {
      return new FlipPlan.NoChange(from);
    }
    if (to instanceof Stage.Legacy && from instanceof Stage.Reversible reversible) {
      return new FlipPlan.Back(reversible, reversible.rollBack());
    }
    return forward(from, to);
  }

  private static FlipPlan forward(Stage from, Stage to) {
    return switch (from) {
      case Stage.Legacy legacy when to instanceof Stage.Shadow ->
          new FlipPlan.Forward(from, legacy.shadow(), Judging.NONE);
      case Stage.Shadow shadow when to instanceof Stage.Canary(Share share) ->
          new FlipPlan.Forward(from, shadow.canary(share), Judging.BY_GATE);
      case Stage.Canary canary when to instanceof Stage.Canary(Share share) ->
          resize(canary, share);
      case Stage.Canary canary when to instanceof Stage.Live ->
          new FlipPlan.Forward(from, canary.live(), Judging.BY_GATE);
      case Stage.Live live when to instanceof Stage.Retired ->
          new FlipPlan.Forward(from, live.retire(), Judging.BY_GATE);
      default -> illegal(from, to, "expected");
    };
  }

  private static FlipPlan resize(Stage.Canary canary, Share share) {
    return share.compareTo(canary.share()) > 0
        ? new FlipPlan.Forward(canary, canary.grow(share), Judging.BY_GATE)
        : illegal(
            canary, new Stage.Canary(share), "a canary only grows: roll back instead; expected");
  }

  private static FlipPlan illegal(Stage from, Stage to, String expected) {
    return new FlipPlan.Illegal(
        "stage: "
            + to.text()
            + " ("
            + expected
            + " after "
            + from.text()
            + ": "
            + after(from)
            + ")");
  }

  private static String after(Stage stage) {
    return switch (stage) {
      case Stage.Legacy legacy -> "shadow";
      case Stage.Shadow shadow -> "canary:PERCENT, or legacy to roll back";
      case Stage.Canary canary ->
          "canary above " + canary.share() + ", live, or legacy to roll back";
      case Stage.Live live -> "retired, or legacy to roll back";
      case Stage.Retired retired -> "nothing, there is no way back";
    };
  }

  /**
   * The step that is taken where none is named; none after {@code live}, as retiring cannot be
   * undone and must be asked for by name.
   */
  public static Optional<Stage> next(Stage stage) {
    return switch (stage) {
      case Stage.Legacy legacy -> Optional.of(legacy.shadow());
      case Stage.Shadow shadow -> Optional.of(shadow.canary(FIRST_CANARY));
      case Stage.Canary canary -> Optional.of(canary.live());
      case Stage.Live live -> Optional.empty();
      case Stage.Retired retired -> Optional.empty();
    };
  }
}
