package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.comparing.MismatchJournal.Change;
import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Signature;
import dev.banyan.rules.CompareProfile;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MismatchJournalTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = EARLY;
  private final MismatchJournal journal = new MismatchJournal(() -> now);

  private void see(String control, String... locations) {
    see(journal, control, locations);
  }

  private static void see(MismatchJournal journal, String control, String... locations) {
    Privacy.Shown shown = Pairs.shown(Pairs.pair(control, "2"), Pairs.mismatch(locations));
    Set<Signature> signatures = new LinkedHashSet<>();
    shown.mismatch().differences().forEach(one -> signatures.add(Signature.of(one)));
    journal.mismatched("r", signatures, () -> Exemplar.of(shown, EARLY, CompareProfile.STRICT));
  }

  @Test
  void countsAreExactAndExemplarsFew() {
    for (int i = 0; i < 1000; i++) {
      now = EARLY.plusSeconds(i);
      see("1", "$.a", "$.a", i % 2 == 0 ? "$.b" : "$.a");
    }

    List<Sighting> seen = journal.of("r").sightings();
    assertThat(seen).extracting(s -> s.signature().location()).containsExactly("$.a", "$.b");
    assertThat(seen).extracting(Sighting::count).containsExactly(1000L, 500L);
    assertThat(seen.getFirst().exemplars()).hasSize(5);
    assertThat(seen.getFirst().firstSeen()).isEqualTo(EARLY);
    assertThat(seen.getFirst().lastSeen()).isEqualTo(EARLY.plusSeconds(999));
  }

  @Test
  void signaturesBeyondTheLimitAreCountedAndNotKept() {
    for (int i = 0; i < 350; i++) {
      see("1", "$.field" + i);
    }

    assertThat(journal.of("r").sightings()).hasSize(300);
    assertThat(journal.of("r").dropped()).isEqualTo(50);
  }

  @Test
  void anExemplarIsShortAndNeverEndsWithinACharacter() {
    see("x".repeat(8 * 1024 - 1) + "😀😀", "body");

    String body = journal.of("r").sightings().getFirst().exemplars().getFirst().control().body();
    assertThat(body).hasSize(8 * 1024).endsWith("x…");
  }

  @Test
  void onlyWhatIsNewIsToBeKept() {
    see("1", "$.a");
    see("1", "$.a");
    List<Change> first = journal.changes(10);
    see("1", "$.a");

    journal.kept(first);

    assertThat(first.getFirst().more().count()).isEqualTo(2);
    List<Change> next = journal.changes(10);
    assertThat(next).hasSize(1);
    assertThat(next.getFirst().more().count()).isEqualTo(1);
    assertThat(next.getFirst().exemplarsBefore()).isEqualTo(2);
    assertThat(next.getFirst().more().exemplars()).hasSize(1);
    journal.kept(next);
    assertThat(journal.changes(10)).isEmpty();
  }

  @Test
  void whatAnEarlierRunSawIsAddedAndNotKeptAgain() {
    see("1", "$.a");
    List<Sighting> earlier = journal.of("r").sightings();
    now = EARLY.plusSeconds(60);
    MismatchJournal later = new MismatchJournal(() -> now);
    see(later, "3", "$.a");

    later.recall("r", earlier);

    Sighting sum = later.of("r").sightings().getFirst();
    assertThat(sum.count()).isEqualTo(2);
    assertThat(sum.firstSeen()).isEqualTo(EARLY);
    assertThat(sum.lastSeen()).isEqualTo(now);
    assertThat(sum.exemplars()).extracting(e -> e.control().body()).containsExactly("1", "3");
    assertThat(later.changes(10).getFirst().more().count()).isEqualTo(1);
  }

  @Test
  void aRouteThatTheRulesNoLongerHaveIsForgottenOnce() {
    see("1", "$.a");

    journal.keepOnly(Set.of("another"));

    assertThat(journal.of("r").sightings()).isEmpty();
    assertThat(journal.takeForgotten()).containsExactly("r");
    assertThat(journal.takeForgotten()).isEmpty();
  }

  @Test
  void acceptedOnesAreToldWithWhatAcceptedThemAndLeaveRoomForTheOthers() {
    for (int i = 0; i < 200; i++) {
      journal.tolerated(
          "r",
          Map.of(
              new Signature("$.t" + i, Difference.Kind.VALUE, "time.utc"),
              new Standing.Tolerated(List.of("time.utc"))),
          Map.of("time.utc", 2),
          () ->
              Exemplar.of(
                  Pairs.shown(Pairs.pair("1", "2"), Pairs.mismatch("$.t")),
                  EARLY,
                  CompareProfile.STRICT));
    }
    see("1", "$.a");

    MismatchJournal.Mismatches seen = journal.of("r");
    assertThat(seen.hidden()).containsExactly(Map.entry("time.utc", 400L));
    assertThat(seen.dropped()).isEqualTo(100);
    assertThat(seen.sightings().getFirst().signature().location()).isEqualTo("$.a");
    assertThat(seen.sightings().getLast().standing())
        .isEqualTo(new Standing.Tolerated(List.of("time.utc")));
  }

  @Test
  void acceptedOnesHaveTheirRoomHoweverManyOthersThereAre() {
    for (int i = 0; i < 350; i++) {
      see("1", "$.field" + i);
    }
    for (int i = 0; i < 150; i++) {
      accept("$.t" + i);
    }

    assertThat(standing(Standing.Mismatch.class)).hasSize(300);
    assertThat(standing(Standing.Tolerated.class)).hasSize(100);
    assertThat(journal.of("r").dropped()).isEqualTo(100);
  }

  @Test
  void othersHaveTheirRoomHoweverManyAreAcceptedByNow() {
    for (int i = 0; i < 300; i++) {
      now = EARLY.plusSeconds(i);
      see("1", "$.field" + i);
    }
    journal
        .of("r")
        .sightings()
        .forEach(one -> journal.stands("r", one.signature(), new Standing.Tolerated(List.of("x"))));
    now = EARLY.plusSeconds(300);

    for (int i = 0; i < 350; i++) {
      see("1", "$.other" + i);
    }

    assertThat(standing(Standing.Mismatch.class)).hasSize(300);
    assertThat(standing(Standing.Tolerated.class))
        .hasSize(100)
        .contains("$.field299", "$.field200")
        .doesNotContain("$.field199");
    assertThat(journal.of("r").dropped()).isEqualTo(50);
  }

  @Test
  void anEarlierRunsSignaturesAllComeBack() {
    for (int i = 0; i < 300; i++) {
      see("1", "$.field" + i);
    }
    for (int i = 0; i < 100; i++) {
      accept("$.t" + i);
    }
    MismatchJournal later = new MismatchJournal(() -> now);

    later.recall("r", journal.of("r").sightings());

    assertThat(later.of("r").sightings()).hasSize(400);
    assertThat(later.of("r").dropped()).isZero();
  }

  private void accept(String location) {
    journal.tolerated(
        "r",
        Map.of(
            new Signature(location, Difference.Kind.VALUE, "time.utc"),
            new Standing.Tolerated(List.of("time.utc"))),
        Map.of("time.utc", 1),
        () ->
            Exemplar.of(
                Pairs.shown(Pairs.pair("1", "2"), Pairs.mismatch(location)),
                EARLY,
                CompareProfile.STRICT));
  }

  private List<String> standing(Class<? extends Standing> kind) {
    return journal.of("r").sightings().stream()
        .filter(one -> kind.isInstance(one.standing()))
        .map(one -> one.signature().location())
        .toList();
  }

  @Test
  void whatIsKeptToCompareAgainIsBounded() {
    StringBuilder noise = new StringBuilder();
    new Random(1).ints(6000, 33, 126).forEach(c -> noise.append((char) c));
    for (int route = 0; route < 40; route++) {
      for (int i = 0; i < 150; i++) {
        Privacy.Shown shown = Pairs.shown(Pairs.pair(noise.toString(), "2"), Pairs.mismatch("$.a"));
        Signature one = new Signature("$.f" + i, Difference.Kind.VALUE, "");
        journal.mismatched(
            "r" + route, Set.of(one), () -> Exemplar.of(shown, EARLY, CompareProfile.STRICT));
      }
    }

    long kept =
        IntStream.range(0, 40)
            .mapToObj(route -> journal.of("r" + route).sightings())
            .flatMap(List::stream)
            .flatMap(one -> one.exemplars().stream())
            .mapToLong(Exemplar::keptBytes)
            .sum();
    assertThat(kept).isBetween(28L << 20, 32L << 20);
  }
}
