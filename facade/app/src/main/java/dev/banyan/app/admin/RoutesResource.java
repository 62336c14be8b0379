package dev.banyan.app.admin;

import dev.banyan.app.admin.Views.EvidenceView;
import dev.banyan.app.admin.Views.RouteView;
import dev.banyan.app.comparing.MismatchJournal;
import dev.banyan.app.store.StoreLink;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.RoutingTable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Routes, their evidence and what did not match. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RoutesResource {
  private final TableKeeper tables;
  private final RouteViews views;
  private final StoreLink store;
  private final MismatchJournal journal;

  RoutesResource(TableKeeper tables, RouteViews views, StoreLink store, MismatchJournal journal) {
    this.tables = tables;
    this.views = views;
    this.store = store;
    this.journal = journal;
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

  @GET
  @Path("routes/{id}/mismatches")
  public Views.Mismatches mismatches(String id) {
    views.forwarding(id);
    MismatchJournal.Mismatches found = journal.of(id);
    List<Views.SignatureView> signatures =
        found.sightings().stream()
            .map(
                s ->
                    new Views.SignatureView(
                        s.signature().location(),
                        s.signature().kind().word(),
                        s.count(),
                        s.firstSeen(),
                        s.lastSeen(),
                        s.exemplars()))
            .toList();
    return new Views.Mismatches(id, signatures, found.dropped());
  }
}
