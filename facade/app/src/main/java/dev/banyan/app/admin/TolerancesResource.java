package dev.banyan.app.admin;

import dev.banyan.app.comparing.JudgedAgain;
import dev.banyan.app.comparing.MismatchJournal;
import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.comparing.Standings;
import dev.banyan.app.comparing.ToleranceProposal;
import dev.banyan.app.comparing.Tolerating;
import dev.banyan.app.rules.RuleFileWriter;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Difference;
import dev.banyan.parity.cure.Narrowest;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.ToleranceEdit.Planned;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Proposes the narrowest tolerances for a signature, and writes them into the rule file. */
@Path("/api/v1/routes/{id}/mismatches/{signature}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TolerancesResource {
  private static final Duration JUDGED_WITHIN = Duration.ofSeconds(30);

  private final RouteViews views;
  private final MismatchJournal journal;
  private final TableKeeper tables;
  private final Tolerating tolerating;
  private final RuleFileWriter files;
  private final JudgedAgain judgedAgain;

  TolerancesResource(
      RouteViews views,
      MismatchJournal journal,
      TableKeeper tables,
      Tolerating tolerating,
      RuleFileWriter files,
      JudgedAgain judgedAgain) {
    this.views = views;
    this.journal = journal;
    this.tables = tables;
    this.tolerating = tolerating;
    this.files = files;
    this.judgedAgain = judgedAgain;
  }

  /**
   * Who answers for a tolerance, why, and the last day it is to hold.
   *
   * @param expectedRules digest of the rules that a proposal was made for; without it those in
   *     force
   */
  public record Wanted(
      @Nullable String owner,
      @Nullable String reason,
      @Nullable String expires,
      @Nullable String expectedRules) {}

  /**
   * The answer to a wish for a tolerance.
   *
   * @param file the rule file that it would be written into; null where it cannot be
   * @param notApplicable why it cannot be written there; null where it can
   */
  public record Proposed(
      String routeId,
      String signature,
      String profile,
      String yaml,
      String settles,
      List<ToleranceProposal.Hidden> hides,
      List<ToleranceProposal.Hidden> unknown,
      String rulesDigest,
      @Nullable String file,
      @Nullable String notApplicable) {}

  /**
   * It is in force.
   *
   * @param moved signatures that stand otherwise now, with their counts
   * @param judged whether all of them were judged again when this was answered
   */
  public record Applied(
      String routeId,
      String signature,
      String profile,
      String yaml,
      String file,
      String rulesDigest,
      boolean judged,
      List<Standings.Moved> moved) {}

  /** What is looked at for one wish. */
  private record Asked(
      Route route, RouteTarget.Forward forward, Sighting target, List<Tolerance> added) {}

  /** Changes nothing: it says what to write, and what that would hide. */
  @POST
  @Path("tolerance-proposal")
  public Proposed propose(String id, String signature, @Nullable Wanted wanted) {
    Asked asked = asked(id, signature, wanted);
    String digest = tables.get().rules().digest();
    Planned planned = files.plan(asked.route(), asked.added());
    ToleranceProposal proposal =
        tolerating.propose(asked.route(), asked.target(), then(asked, planned));
    String profile = profile(asked, planned);
    return new Proposed(
        id,
        signature,
        profile,
        ProposalYaml.of(id, asked.forward().compare(), profile, asked.added()),
        proposal.settles().word(),
        proposal.hides(),
        proposal.unknown(),
        digest,
        planned instanceof Planned.Edited edited ? edited.file() : null,
        planned instanceof Planned.Refused(String why) ? why : null);
  }

  /** Writes it into the rule file, has the rules taken, and says what moved. */
  @POST
  @Path("tolerance")
  public Applied apply(String id, String signature, @Nullable Wanted wanted)
      throws InterruptedException {
    Asked asked = asked(id, signature, wanted);
    String seen = wanted == null ? null : wanted.expectedRules();
    Standings before = standings();
    return switch (files.write(
        asked.route(), asked.added(), seen == null ? tables.get().rules().digest() : seen)) {
      case RuleFileWriter.Outcome.Refused(String why) -> throw refusal(409, why);
      case RuleFileWriter.Outcome.Written written -> {
        boolean judged = judgedAgain.within(JUDGED_WITHIN);
        String profile =
            tables
                .get()
                .route(id)
                .map(TolerancesResource::compare)
                .orElse(asked.forward().compare());
        yield new Applied(
            id,
            signature,
            profile,
            ProposalYaml.of(id, asked.forward().compare(), profile, asked.added()),
            written.file().toString(),
            written.rules().digest(),
            judged,
            before.movedTo(standings()));
      }
    };
  }

  private Standings standings() {
    return Standings.of(journal, tables.get().rules().routes().stream().map(Route::id).toList());
  }

  private Asked asked(String id, String signature, @Nullable Wanted wanted) {
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
    List<Tolerance> added = tolerating.narrowest(forward, target.signature(), wish(wanted));
    return new Asked(views.known(id), forward, target, added);
  }

  /** The profiles after the change: as the files would say, or as near as can be told. */
  private Function<Route, CompareProfile> then(Asked asked, Planned planned) {
    RuleSet now = tables.get().rules();
    if (planned instanceof Planned.Edited(String file, String text, String name, RuleSet next)) {
      return route ->
          next.routes().stream()
              .filter(one -> one.id().equals(route.id()))
              .map(one -> JudgedAgain.profile(next, (RouteTarget.Forward) one.target()))
              .findFirst()
              .orElse(CompareProfile.STRICT);
    }
    CompareProfile before = JudgedAgain.profile(now, asked.forward());
    boolean builtIn = isBuiltIn(asked.forward().compare());
    return route -> {
      boolean meant =
          builtIn ? route.id().equals(asked.route().id()) : compare(route).equals(before.name());
      return meant
          ? before.withTolerances(
              Stream.concat(before.tolerances().stream(), asked.added().stream()).toList())
          : JudgedAgain.profile(now, (RouteTarget.Forward) route.target());
    };
  }

  private static String compare(Route route) {
    return route.target() instanceof RouteTarget.Forward forward ? forward.compare() : "";
  }

  private static String profile(Asked asked, Planned planned) {
    if (planned instanceof Planned.Edited edited) {
      return edited.profile();
    }
    String compare = asked.forward().compare();
    return isBuiltIn(compare) ? asked.route().id() : compare;
  }

  private static boolean isBuiltIn(String compare) {
    return CompareProfile.BUILT_IN.stream().anyMatch(profile -> profile.name().equals(compare));
  }

  private static Narrowest.Wish wish(@Nullable Wanted wanted) {
    String reason = wanted == null || wanted.reason() == null ? "" : wanted.reason().strip();
    String owner = wanted == null || wanted.owner() == null ? "" : wanted.owner().strip();
    if (reason.isEmpty() || owner.isEmpty()) {
      throw refusal(
          400,
          (reason.isEmpty() ? "reason" : "owner")
              + ": nothing (expected: a tolerance says why it is right, and who answers for it)");
    }
    try {
      return new Narrowest.Wish(
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
