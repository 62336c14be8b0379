package dev.banyan.app.admin;

import dev.banyan.app.flipping.Approvals;
import dev.banyan.app.security.Caller;
import dev.banyan.app.store.ApprovalStore.Kept;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A second person's yes to a flip forward. */
@Path("/api/v1/routes/{id}/approval")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ApprovalResource {
  private final Approvals approvals;
  private final RouteViews views;
  private final Caller caller;

  ApprovalResource(Approvals approvals, RouteViews views, Caller caller) {
    this.approvals = approvals;
    this.views = views;
    this.caller = caller;
  }

  /** The change that the person has seen. */
  public record Seen(@Nullable String change) {}

  @GET
  public ApprovalView state(String id) {
    views.forwarding(id);
    try {
      return view(id, approvals.of(id));
    } catch (LedgerUnavailable away) {
      throw unavailable(away);
    }
  }

  @POST
  public ApprovalView approve(String id, @Nullable Seen seen) {
    views.forwarding(id);
    if (seen == null || seen.change() == null) {
      throw ProblemDocument.of(
              400, "change: nothing (expected: the one that GET says, as you have seen it)")
          .refusal();
    }
    try {
      Optional<String> refused = approvals.approve(id, seen.change(), caller.name());
      if (refused.isPresent()) {
        throw ProblemDocument.of(409, refused.get()).refusal();
      }
      return view(id, approvals.of(id));
    } catch (LedgerUnavailable away) {
      throw unavailable(away);
    }
  }

  private static ApprovalView view(String id, Optional<Kept> kept) {
    return kept.map(ApprovalView::of).orElseGet(() -> ApprovalView.none(id));
  }

  private static WebApplicationException unavailable(LedgerUnavailable away) {
    return ProblemDocument.of(503, "approval: " + away.getMessage()).refusal();
  }
}
