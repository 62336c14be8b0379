package dev.banyan.app.admin;

import dev.banyan.app.security.Caller;
import dev.banyan.migration.FlipCommand;
import dev.banyan.migration.FlipCommand.Mode;
import dev.banyan.migration.FlipCoordinator;
import dev.banyan.migration.FlipResult;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Stage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Flips and rollbacks. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class StageResource {
  private final FlipCoordinator flips;
  private final TableKeeper tables;
  private final RouteViews views;
  private final Caller caller;

  StageResource(FlipCoordinator flips, TableKeeper tables, RouteViews views, Caller caller) {
    this.caller = caller;
    this.flips = flips;
    this.tables = tables;
    this.views = views;
  }

  /** What is wanted; {@code to} is a stage in written form, or {@code next}. */
  public record Wanted(
      @Nullable String to,
      @Nullable String reason,
      @Nullable Long expectedRevision,
      @Nullable Boolean override,
      @Nullable Boolean dryRun) {}

  /** Why all is rolled back, or whether it is only to be shown what would be. */
  public record Reason(@Nullable String reason, @Nullable Boolean dryRun) {}

  /** What was rolled back, and what was not. */
  public record RolledBack(List<Views.Flip> rolledBack, List<NotRolledBack> failed) {}

  /** One route that is still where it was. */
  public record NotRolledBack(String routeId, String detail) {}

  @POST
  @Path("routes/{id}/stage")
  public Views.Flip flip(String id, @Nullable Wanted wanted) {
    views.known(id);
    if (wanted == null || wanted.to() == null) {
      throw ProblemDocument.of(400, "to: nothing (expected: a stage such as canary:10, or next)")
          .refusal();
    }
    Mode mode =
        Boolean.TRUE.equals(wanted.dryRun())
            ? Mode.DRY_RUN
            : Boolean.TRUE.equals(wanted.override()) ? Mode.OVERRIDE : Mode.JUDGED;
    FlipCommand command =
        new FlipCommand(
            id,
            stage(id, wanted.to()),
            caller.name(),
            wanted.reason() == null ? "" : wanted.reason(),
            wanted.expectedRevision() == null
                ? OptionalLong.empty()
                : OptionalLong.of(wanted.expectedRevision()),
            mode);
    return FlipAnswers.orRefusal(flips.flip(command));
  }

  @POST
  @Path("rollback")
  public RolledBack all(@Nullable Reason reason) {
    String why = reason == null || reason.reason() == null ? "" : reason.reason();
    List<Views.Flip> done = new ArrayList<>();
    List<NotRolledBack> failed = new ArrayList<>();
    if (reason != null && Boolean.TRUE.equals(reason.dryRun())) {
      return new RolledBack(planned(why), failed);
    }
    flips
        .rollBackAll(caller.name(), why)
        .forEach(
            (id, result) -> {
              if (result instanceof FlipResult.Flipped || result instanceof FlipResult.RolledBack) {
                done.add(FlipAnswers.orRefusal(result));
              } else {
                failed.add(new NotRolledBack(id, FlipAnswers.problem(result).detail()));
              }
            });
    return new RolledBack(done, failed);
  }

  /** What would be rolled back. */
  private List<Views.Flip> planned(String why) {
    return tables.get().rules().routes().stream()
        .map(
            route ->
                flips.flip(
                    new FlipCommand(
                        route.id(),
                        new Stage.Legacy(),
                        caller.name(),
                        why,
                        OptionalLong.empty(),
                        Mode.DRY_RUN)))
        .filter(FlipResult.Planned.class::isInstance)
        .map(FlipAnswers::orRefusal)
        .toList();
  }

  private Stage stage(String id, String text) {
    if (text.equals("next")) {
      Stage now = tables.stage(id).orElseGet(Stage.Legacy::new);
      return tables
          .nextStage(id)
          .orElseThrow(
              () ->
                  ProblemDocument.of(
                          422,
                          "stage: "
                              + now.text()
                              + " has no next one (expected: retired, asked for by name)")
                      .refusal());
    }
    try {
      return Stage.parse(text);
    } catch (IllegalArgumentException unknown) {
      throw ProblemDocument.of(422, String.valueOf(unknown.getMessage())).refusal();
    }
  }
}
