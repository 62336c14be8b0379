package dev.banyan.app.admin;

import dev.banyan.app.store.ReplicaStore;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.migration.TableKeeper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Which revision every replica serves. */
@Path("/api/v1/replicas")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ReplicasResource {
  private final ReplicaStore replicas;
  private final TableKeeper tables;

  ReplicasResource(ReplicaStore replicas, TableKeeper tables) {
    this.replicas = replicas;
    this.tables = tables;
  }

  /**
   * All replicas, and the one that answers.
   *
   * @param self its id
   * @param serving the revision that it serves
   * @param revision the ledger's newest
   * @param complete whether every live replica serves that
   */
  public record ReplicasView(
      String self,
      long serving,
      long revision,
      boolean complete,
      List<ReplicaStore.Replica> replicas) {}

  @GET
  public ReplicasView all() {
    try {
      ReplicaStore.Replicas found = replicas.all();
      return new ReplicasView(
          replicas.id(),
          tables.get().revision(),
          found.revision(),
          found.complete(),
          found.replicas());
    } catch (LedgerUnavailable away) {
      throw ProblemDocument.of(
              503,
              "replicas: "
                  + away.getMessage()
                  + "; this one serves revision "
                  + tables.get().revision())
          .refusal();
    }
  }
}
