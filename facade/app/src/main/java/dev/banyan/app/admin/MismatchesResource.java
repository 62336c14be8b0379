package dev.banyan.app.admin;

import dev.banyan.app.comparing.Exemplar;
import dev.banyan.app.comparing.MismatchJournal;
import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.comparing.Standing;
import dev.banyan.app.comparing.ToleranceProposal;
import dev.banyan.app.comparing.Tolerating;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Difference;
import dev.banyan.parity.cure.Cure;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.RouteTarget;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What differs on a route, and what would settle it. */
@Path("/api/v1/routes/{id}/mismatches")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MismatchesResource {
  private final RouteViews views;
  private final MismatchJournal journal;
  private final TableKeeper tables;
  private final Tolerating tolerating;

  MismatchesResource(
      RouteViews views, MismatchJournal journal, TableKeeper tables, Tolerating tolerating) {
    this.views = views;
    this.journal = journal;
    this.tables = tables;
    this.tolerating = tolerating;
  }

  /** Who answers for a tolerance, why, and the last day it is to hold. */
  public record Wanted(@Nullable String owner, @Nullable String reason, @Nullable String expires) {}

  /** The answer to a wish for a tolerance. */
  public record Proposed(
      String routeId,
      String signature,
      String profile,
      String yaml,
      String settles,
      List<ToleranceProposal.Hidden> hides,
      List<ToleranceProposal.Hidden> unknown) {}

  @GET
  public Views.Mismatches all(String id) {
    RouteTarget.Forward forward = views.forwarding(id);
    MismatchJournal.Mismatches found = journal.of(id);
    CompareProfile profile =
        tables.get().rules().profiles().getOrDefault(forward.compare(), CompareProfile.STRICT);
    return new Views.Mismatches(
        id,
        found.sightings().stream().map(MismatchesResource::view).toList(),
        found.hidden().entrySet().stream().map(one -> hidden(one, profile)).toList(),
        found.dropped());
  }

  private static Views.SignatureView view(Sighting seen) {
    return new Views.SignatureView(
        seen.signature().id(),
        seen.signature().location(),
        seen.signature().kind().word(),
        seen.signature().diagnosis(),
        Cure.means(seen.signature()),
        Cure.of(seen.signature()),
        seen.standing().word(),
        seen.standing() instanceof Standing.Tolerated(List<String> by) ? by : List.of(),
        seen.count(),
        seen.firstSeen(),
        seen.lastSeen(),
        seen.exemplars().stream().map(Exemplar::shown).toList());
  }

  private static Views.HiddenView hidden(Map.Entry<String, Long> one, CompareProfile profile) {
    Optional<Tolerance> tolerance =
        profile.tolerances().stream().filter(t -> t.name().equals(one.getKey())).findFirst();
    return new Views.HiddenView(
        one.getKey(),
        one.getValue(),
        tolerance.map(Tolerance::owner).orElse(null),
        tolerance.map(Tolerance::reason).orElse(null),
        tolerance.flatMap(Tolerance::expires).map(LocalDate::toString).orElse(null));
  }

  /** Changes nothing: it says what to write, and what that would hide. */
  @POST
  @Path("{signature}/tolerance-proposal")
  @Consumes(MediaType.APPLICATION_JSON)
  public Proposed propose(String id, String signature, @Nullable Wanted wanted) {
    RouteTarget.Forward forward = views.forwarding(id);
    Sighting target =
        journal.of(id).sightings().stream()
            .filter(seen -> seen.signature().id().equals(signature))
            .findFirst()
            .orElseThrow(
                () ->
                    refusal(
                        404,
                        "signature: "
                            + signature
                            + " (expected: one of the route; see GET /api/v1/routes/"
                            + id
                            + "/mismatches)"));
    if (target.signature().kind() == Difference.Kind.FAILURE) {
      throw refusal(
          422,
          "signature: "
              + signature
              + " is a candidate that failed (expected: a difference;"
              + " failures cannot be tolerated)");
    }
    ToleranceProposal proposal = tolerating.propose(views.known(id), forward, target, wish(wanted));
    return new Proposed(
        proposal.routeId(),
        proposal.signature(),
        proposal.profile(),
        proposal.yaml(),
        proposal.settles().word(),
        proposal.hides(),
        proposal.unknown());
  }

  private static Tolerating.Wish wish(@Nullable Wanted wanted) {
    String reason = wanted == null || wanted.reason() == null ? "" : wanted.reason().strip();
    String owner = wanted == null || wanted.owner() == null ? "" : wanted.owner().strip();
    if (reason.isEmpty() || owner.isEmpty()) {
      throw refusal(
          400,
          (reason.isEmpty() ? "reason" : "owner")
              + ": nothing (expected: a tolerance says why it is right, and who answers for it)");
    }
    try {
      return new Tolerating.Wish(
          owner,
          reason,
          Optional.ofNullable(wanted == null ? null : wanted.expires()).map(LocalDate::parse));
    } catch (DateTimeException notADay) {
      throw refusal(400, "expires: not a day (expected: YYYY-MM-DD)");
    }
  }

  private static RuntimeException refusal(int status, String detail) {
    return ProblemDocument.of(status, detail).refusal();
  }
}
