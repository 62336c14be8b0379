package dev.banyan.app.admin;

import dev.banyan.app.admin.Views.VerdictView;
import dev.banyan.app.flipping.Breaches;
import dev.banyan.app.security.Caller;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.WatchPolicy;
import dev.banyan.migration.WatchState;
import dev.banyan.migration.WatchVerdict;
import dev.banyan.rules.RouteTarget;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How routes do that the migrated side serves, and what a person says of a breach. */
@Path("/api/v1/routes/{id}/watch")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WatchResource {
  private final FlipWatch watch;
  private final Breaches breaches;
  private final RouteViews views;
  private final Caller caller;
  private final InstantSource clock;

  WatchResource(
      FlipWatch watch, Breaches breaches, RouteViews views, Caller caller, InstantSource clock) {
    this.watch = watch;
    this.breaches = breaches;
    this.views = views;
    this.caller = caller;
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
  public record WatchView(
      String routeId,
      String state,
      @Nullable VerdictView verdict,
      @Nullable Instant breachedAt,
      @Nullable Instant coolUntil,
      List<String> reasons,
      @Nullable String seenBy,
      @Nullable String acknowledgedBy,
      @Nullable String against) {}

  @GET
  public WatchView state(String id) {
    return view(id, views.forwarding(id));
  }

  /** A person has looked at the breach. */
  @POST
  @Path("acknowledgement")
  public WatchView acknowledge(String id) {
    RouteTarget.Forward route = views.forwarding(id);
    if (!breaches.acknowledge(id, caller.name())) {
      throw ProblemDocument.of(409, "breach: none of " + id + " that waits for a person").refusal();
    }
    return view(id, route);
  }

  private WatchView view(String id, RouteTarget.Forward route) {
    Instant now = clock.instant();
    VerdictView verdict =
        watch.verdict(id, WatchPolicy.of(route), now).map(WatchResource::view).orElse(null);
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
