package dev.banyan.app.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.app.comparing.Recordings;
import dev.banyan.app.privacy.KeepValues;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractYaml;
import dev.banyan.migration.Evidence;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Route;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Contracts: recording them, handing them out, and what verifying came to. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ContractsResource {
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LIMIT = 1000;
  private static final String YAML = "application/yaml";

  private final Recordings recordings;
  private final TableKeeper tables;
  private final EvidenceWindows evidence;
  private final RouteViews views;
  private final Privacy privacy;

  ContractsResource(
      Recordings recordings,
      TableKeeper tables,
      EvidenceWindows evidence,
      RouteViews views,
      Privacy privacy) {
    this.recordings = recordings;
    this.tables = tables;
    this.evidence = evidence;
    this.views = views;
    this.privacy = privacy;
  }

  /** How many distinct requests are kept at the most. */
  public record Limit(@Nullable Integer limit) {}

  /**
   * A recording as it stands.
   *
   * @param leftOut how often something that was seen is not in the contract, by reason; once it has
   *     ended, of the last recording
   */
  public record RecordingView(String state, int kept, int limit, Map<String, Long> leftOut) {}

  /** A contract in the data folder. */
  public record ContractView(
      String routeId,
      int interactions,
      Instant recordedAt,
      Evidence.@Nullable ContractSummary report) {}

  /** All of them. */
  public record Contracts(List<ContractView> contracts) {}

  /** What verifying a contract against the migrated side came to. */
  public record Report(
      @Nullable String target,
      @Nullable String version,
      @Nullable Instant at,
      @Nullable Long passed,
      @Nullable Long failed,
      @Nullable JsonNode failures) {}

  @POST
  @Path("routes/{id}/contract/recording")
  public Response start(String id, @Nullable Limit wanted) {
    String profile = views.forwarding(id).compare();
    int limit = wanted == null || wanted.limit() == null ? STANDARD_LIMIT : wanted.limit();
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemDocument.of(400, "limit: " + limit + " (expected: 1 to " + MAX_LIMIT + ")")
          .refusal();
    }
    if (privacy.keep() == KeepValues.PATHS_ONLY) {
      throw ProblemDocument.of(
              409, "a contract is made of values, and none are kept: --store paths-only")
          .refusal();
    }
    if (!recordings.start(id, profile, limit)) {
      throw ProblemDocument.of(409, id + " is being recorded already; end that recording first")
          .refusal();
    }
    return Response.accepted(new RecordingView("recording", 0, limit, Map.of())).build();
  }

  @GET
  @Path("routes/{id}/contract/recording")
  public RecordingView state(String id) {
    views.known(id);
    Map<String, Long> leftOut = recordings.leftOut(id);
    return recordings
        .of(id)
        .map(r -> new RecordingView("recording", r.recorder().size(), r.limit(), leftOut))
        .orElseGet(() -> new RecordingView("none", 0, 0, leftOut));
  }

  @DELETE
  @Path("routes/{id}/contract/recording")
  @Produces({YAML, ProblemDocument.MEDIA_TYPE})
  public Response finish(String id) throws IOException {
    views.known(id);
    Optional<String> yaml = recordings.finish(id);
    return yaml.map(text -> Response.ok(text, YAML).build())
        .orElseThrow(
            () -> ProblemDocument.of(409, "nothing was being recorded on " + id).refusal());
  }

  @GET
  @Path("contracts")
  public Contracts all() throws IOException {
    List<ContractView> found = new ArrayList<>();
    for (Route route : tables.get().rules().routes()) {
      if (Files.exists(recordings.file(route.id()))) {
        Contract contract =
            ContractYaml.read(route.id(), Files.readString(recordings.file(route.id())));
        found.add(
            new ContractView(
                route.id(),
                contract.interactions().size(),
                contract.recordedAt(),
                evidence.snapshot(route.id()).contracts().orElse(null)));
      }
    }
    return new Contracts(found);
  }

  @GET
  @Path("routes/{id}/contract")
  @Produces({YAML, ProblemDocument.MEDIA_TYPE})
  public Response one(String id) throws IOException {
    views.known(id);
    if (!Files.exists(recordings.file(id))) {
      throw ProblemDocument.of(404, "no contract of " + id + " was recorded").refusal();
    }
    return Response.ok(Files.readString(recordings.file(id)), YAML).build();
  }

  @POST
  @Path("routes/{id}/contract/report")
  public void report(String id, @Nullable Report report) {
    views.forwarding(id);
    if (report == null
        || report.at() == null
        || report.passed() == null
        || report.failed() == null) {
      throw ProblemDocument.of(400, "report: at, passed and failed are wanted").refusal();
    }
    if (report.passed() < 0 || report.failed() < 0) {
      throw ProblemDocument.of(400, "report: counts below zero").refusal();
    }
    evidence.contract(
        id,
        new Evidence.ContractSummary(
            report.at(), report.passed(), report.failed(), Optional.ofNullable(report.version())));
  }
}
