package dev.banyan.app.admin;

import dev.banyan.app.comparing.Exemplar;
import dev.banyan.app.comparing.MismatchJournal;
import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.comparing.Standing;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.cure.Cure;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.RouteTarget;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What differs on a route, how it stands, and what would settle it. */
@Path("/api/v1/routes/{id}/mismatches")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MismatchesResource {
  private final RouteViews views;
  private final MismatchJournal journal;
  private final TableKeeper tables;

  MismatchesResource(RouteViews views, MismatchJournal journal, TableKeeper tables) {
    this.views = views;
    this.journal = journal;
    this.tables = tables;
  }

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
}
