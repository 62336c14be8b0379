package dev.banyan.app.admin;

import dev.banyan.app.rules.RuleDiff;
import dev.banyan.app.rules.RulesInForce;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Problem;
import dev.banyan.rules.RuleSet;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules in force, and reading them again: all of them, or none. */
@Path("/api/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RulesResource {
  private final RulesInForce rules;
  private final TableKeeper tables;

  RulesResource(RulesInForce rules, TableKeeper tables) {
    this.rules = rules;
    this.tables = tables;
  }

  /** The rules now in force, and what this reading changed. */
  public record Reloaded(String digest, int routes, RuleDiff change) {}

  /**
   * The rules now in force.
   *
   * @param state {@code ok}, or {@code degraded} while the files hold rules that were not taken
   */
  public record InForce(
      String state,
      String digest,
      int routes,
      Instant loadedAt,
      long reloads,
      RuleDiff lastChange,
      @Nullable NotTaken lastProblem) {}

  /** Newer rules that were not taken. */
  public record NotTaken(Instant at, List<Problem> problems) {}

  @GET
  public InForce inForce() {
    RulesInForce.Status status = rules.status();
    RuleSet serving = tables.get().rules();
    RulesInForce.Rejected rejected = status.rejected();
    return new InForce(
        rejected == null ? "ok" : "degraded",
        serving.digest(),
        serving.routes().size(),
        status.loadedAt(),
        status.reloads(),
        status.lastChange(),
        rejected == null ? null : new NotTaken(rejected.at(), rejected.problems()));
  }

  @POST
  @Path("reload")
  public Reloaded reload() {
    return switch (rules.reload(RulesInForce.Cause.ADMIN)) {
      case RulesInForce.Outcome.Refused(List<Problem> problems) ->
          throw ProblemDocument.of(
                  422, problems.size() + " problems in the rules; the running table stays")
              .withProblems(problems)
              .refusal();
      case RulesInForce.Outcome.Applied(RuleSet now, RuleDiff change) ->
          new Reloaded(now.digest(), now.routes().size(), change);
    };
  }
}
