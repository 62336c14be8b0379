package dev.banyan.app.admin;

import dev.banyan.app.RuleSource;
import dev.banyan.app.comparing.MismatchJournal;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.Route;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/** Reads the rules again: all of them, or none. */
@Path("/api/v1/rules/reload")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RulesResource {
  private final RuleSource source;
  private final TableKeeper tables;
  private final EvidenceWindows evidence;
  private final MismatchJournal journal;

  RulesResource(
      RuleSource source, TableKeeper tables, EvidenceWindows evidence, MismatchJournal journal) {
    this.source = source;
    this.tables = tables;
    this.evidence = evidence;
    this.journal = journal;
  }

  /** The rules now in force. */
  public record Reloaded(String digest, int routes) {}

  @POST
  public Reloaded reload() {
    return switch (source.read()) {
      case ReadResult.Rejected rejected ->
          throw ProblemDocument.of(
                  422,
                  rejected.problems().size() + " problems in the rules; the running table stays")
              .withProblems(rejected.problems())
              .refusal();
      case ReadResult.Accepted accepted -> {
        Set<Route> before = new HashSet<>(tables.get().rules().routes());
        tables.applyRules(accepted.rules());
        Set<String> ids = new HashSet<>();
        for (Route route : accepted.rules().routes()) {
          ids.add(route.id());
          if (!before.contains(route)) {
            // What was seen under another rule is no evidence for this one.
            evidence.restart(route.id(), Clock.systemUTC().instant());
          }
        }
        evidence.keepOnly(ids);
        journal.keepOnly(ids);
        yield new Reloaded(accepted.rules().digest(), ids.size());
      }
    };
  }
}
