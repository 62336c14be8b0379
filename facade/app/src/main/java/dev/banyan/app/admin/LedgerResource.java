package dev.banyan.app.admin;

import dev.banyan.migration.ChainCheck;
import dev.banyan.migration.Ledger;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.migration.LedgerChain;
import dev.banyan.migration.LedgerEntry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger: history and proof. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LedgerResource {
  private static final int MAX_LIMIT = 1000;

  private final Ledger ledger;
  private final RouteViews views;

  LedgerResource(Ledger ledger, RouteViews views) {
    this.ledger = ledger;
    this.views = views;
  }

  /** Whether the chain holds; where it does not, where and why. */
  public record Verification(
      boolean intact, long entries, @Nullable Long brokenAtRevision, @Nullable String reason) {}

  @GET
  @Path("routes/{id}/history")
  public Views.Entries history(String id, @QueryParam("limit") @DefaultValue("50") int limit) {
    views.known(id);
    try {
      return entries(ledger.history(id, checked(limit)));
    } catch (LedgerUnavailable down) {
      throw unavailable(down);
    }
  }

  @GET
  @Path("history")
  public Views.Entries history(@QueryParam("limit") @DefaultValue("50") int limit) {
    int wanted = checked(limit);
    return entries(all().reversed().stream().limit(wanted).toList());
  }

  @GET
  @Path("ledger/verification")
  public Verification verification() {
    List<LedgerEntry> all = all();
    return switch (LedgerChain.verify(all)) {
      case ChainCheck.Intact(long entries) -> new Verification(true, entries, null, null);
      case ChainCheck.Broken(long revision, String reason) ->
          new Verification(false, all.size(), revision, reason);
    };
  }

  private List<LedgerEntry> all() {
    try {
      return ledger.readAfter(0);
    } catch (LedgerUnavailable down) {
      throw unavailable(down);
    }
  }

  private static Views.Entries entries(List<LedgerEntry> entries) {
    return new Views.Entries(entries.stream().map(Views.EntryView::of).toList());
  }

  private static int checked(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemDocument.of(400, "limit: " + limit + " (expected: 1 to " + MAX_LIMIT + ")")
          .refusal();
    }
    return limit;
  }

  private static jakarta.ws.rs.WebApplicationException unavailable(LedgerUnavailable down) {
    return ProblemDocument.of(
            503, "ledger: " + down.getMessage() + "; requests are served all the same")
        .refusal();
  }
}
