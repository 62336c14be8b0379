package dev.banyan.app.admin;

import dev.banyan.app.admin.WatchViews.WatchView;
import dev.banyan.app.flipping.Breaches;
import dev.banyan.app.security.Caller;
import dev.banyan.rules.RouteTarget;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How routes do that the migrated side serves, and what a person says of a breach. */
@Path("/api/v1/routes/{id}/watch")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WatchResource {
  private final WatchViews watch;
  private final Breaches breaches;
  private final RouteViews views;
  private final Caller caller;

  WatchResource(WatchViews watch, Breaches breaches, RouteViews views, Caller caller) {
    this.watch = watch;
    this.breaches = breaches;
    this.views = views;
    this.caller = caller;
  }

  @GET
  public WatchView state(String id) {
    return watch.of(id, views.forwarding(id));
  }

  /** A person has looked at the breach. */
  @POST
  @Path("acknowledgement")
  public WatchView acknowledge(String id) {
    RouteTarget.Forward route = views.forwarding(id);
    if (!breaches.acknowledge(id, caller.name())) {
      throw ProblemDocument.of(409, "breach: none of " + id + " that waits for a person").refusal();
    }
    return watch.of(id, route);
  }
}
