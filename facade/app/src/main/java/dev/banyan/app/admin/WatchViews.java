package dev.banyan.app.admin;

import dev.banyan.app.admin.Views.VerdictView;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.WatchPolicy;
import dev.banyan.migration.WatchState;
import dev.banyan.migration.WatchVerdict;
import dev.banyan.rules.RouteTarget;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes views of how routes do that the migrated side serves. */
@Singleton
class WatchViews {
  private final FlipWatch watch;
  private final InstantSource clock;

  WatchViews(FlipWatch watch, InstantSource clock) {
    this.watch = watch;
    this.clock = clock;
  }

  /**
   * Where a route stands with its watch.
   *
   * @param state the word of its {@link WatchState}, in lower case
   * @param verdict of the present window; null where the migrated side serves nobody
   * @param seenBy id of the replica that saw the breach; null where that was not kept
   * @param against why it must not flip forward now, if so
   */
  record WatchView(
      String routeId,
      String state,
      @Nullable VerdictView verdict,
      @Nullable Instant breachedAt,
      @Nullable Instant coolUntil,
      List<String> reasons,
      @Nullable String seenBy,
      @Nullable String acknowledgedBy,
      @Nullable String against) {}

  WatchView of(String id, RouteTarget.Forward route) {
    Instant now = clock.instant();
    VerdictView verdict =
        watch.verdict(id, WatchPolicy.of(route), now).map(WatchViews::view).orElse(null);
    String against = watch.against(id, now).orElse(null);
    return switch (watch.state(id)) {
      case WatchState.Watching watching ->
          new WatchView(id, "watching", verdict, null, null, List.of(), null, null, against);
      case WatchState.Breached breach -> view(id, "breached", verdict, breach, null, against);
      case WatchState.Acknowledged(WatchState.Breached breach, String who, Instant at) ->
          view(id, "acknowledged", verdict, breach, who, against);
    };
  }

  private static WatchView view(
      String id,
      String state,
      @Nullable VerdictView verdict,
      WatchState.Breached breach,
      @Nullable String who,
      @Nullable String against) {
    return new WatchView(
        id,
        state,
        verdict,
        breach.at(),
        breach.cool(),
        breach.reasons(),
        breach.replica().isEmpty() ? null : breach.replica(),
        who,
        against);
  }

  private static VerdictView view(WatchVerdict verdict) {
    return switch (verdict) {
      case WatchVerdict.Calm calm -> new VerdictView("calm", List.of());
      case WatchVerdict.NoTraffic(String reason) -> new VerdictView("no-traffic", List.of(reason));
      case WatchVerdict.Breach(List<String> reasons) -> new VerdictView("breach", reasons);
    };
  }
}
