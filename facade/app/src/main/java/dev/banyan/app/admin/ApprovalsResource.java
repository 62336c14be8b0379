package dev.banyan.app.admin;

import dev.banyan.app.flipping.Approvals;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What waits for a second person, over all routes. */
@Path("/api/v1/approvals")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ApprovalsResource {
  private final Approvals approvals;

  ApprovalsResource(Approvals approvals) {
    this.approvals = approvals;
  }

  /** Those that have not expired and have not been overtaken by another flip. */
  public record ApprovalsView(List<ApprovalView> approvals) {}

  @GET
  public ApprovalsView all() {
    try {
      return new ApprovalsView(approvals.open().stream().map(ApprovalView::of).toList());
    } catch (LedgerUnavailable away) {
      throw ProblemDocument.of(503, "approvals: " + away.getMessage()).refusal();
    }
  }
}
