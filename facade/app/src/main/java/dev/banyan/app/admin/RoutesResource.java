package dev.banyan.app.admin;

import dev.banyan.app.admin.Views.EvidenceView;
import dev.banyan.app.admin.Views.RouteView;
import dev.banyan.app.store.StoreLink;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.RoutingTable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Routes and their evidence. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RoutesResource {
  private final TableKeeper tables;
  private final RouteViews views;
  private final StoreLink store;

  RoutesResource(TableKeeper tables, RouteViews views, StoreLink store) {
    this.tables = tables;
    this.views = views;
    this.store = store;
  }

  @GET
  @Path("routes")
  public Views.Routes all() {
    RoutingTable table = tables.get();
    return new Views.Routes(
        table.revision(),
        table.rules().digest(),
        store.up() ? "up" : "down",
        table.rules().routes().stream().map(views::view).toList());
  }

  @GET
  @Path("routes/{id}")
  public RouteView one(String id) {
    return views.view(views.known(id));
  }

  @GET
  @Path("routes/{id}/evidence")
  public EvidenceView evidence(String id) {
    return views.evidence(id);
  }
}
