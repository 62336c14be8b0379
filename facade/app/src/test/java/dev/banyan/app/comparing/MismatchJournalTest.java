package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.comparing.MismatchJournal.Change;
import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.privacy.Privacy.Shown;
import dev.banyan.parity.Comparison;
import dev.banyan.proxy.ShadowedExchange.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MismatchJournalTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = EARLY;
  private final MismatchJournal journal = new MismatchJournal(() -> now);

  @Test
  void countsAreExactAndExemplarsFew() {
    for (int i = 0; i < 1000; i++) {
      now = EARLY.plusSeconds(i);
      add(journal, Pairs.pair("1", "2"), Pairs.mismatch("$.a", "$.a", i % 2 == 0 ? "$.b" : "$.a"));
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
    for (int i = 0; i < 250; i++) {
      add(journal, Pairs.pair("1", "2"), Pairs.mismatch("$.field" + i));
    }

    assertThat(journal.of("r").sightings()).hasSize(200);
    assertThat(journal.of("r").dropped()).isEqualTo(50);
  }

  @Test
  void anExemplarIsShortAndNeverEndsWithinACharacter() {
    add(journal, Pairs.pair("x".repeat(8 * 1024 - 1) + "😀😀", "2"), Pairs.mismatch("body"));

    String body = journal.of("r").sightings().getFirst().exemplars().getFirst().control().body();
    assertThat(body).hasSize(8 * 1024).endsWith("x…");
  }

  @Test
  void onlyWhatIsNewIsToBeKept() {
    add(journal, Pairs.pair("1", "2"), Pairs.mismatch("$.a"));
    add(journal, Pairs.pair("1", "2"), Pairs.mismatch("$.a"));
    List<Change> first = journal.changes(10);
    add(journal, Pairs.pair("1", "2"), Pairs.mismatch("$.a"));

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
    add(journal, Pairs.pair("1", "2"), Pairs.mismatch("$.a"));
    List<Sighting> earlier = journal.of("r").sightings();
    now = EARLY.plusSeconds(60);
    MismatchJournal later = new MismatchJournal(() -> now);
    add(later, Pairs.pair("3", "4"), Pairs.mismatch("$.a"));

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
    add(journal, Pairs.pair("1", "2"), Pairs.mismatch("$.a"));

    journal.keepOnly(Set.of("another"));

    assertThat(journal.of("r").sightings()).isEmpty();
    assertThat(journal.takeForgotten()).containsExactly("r");
    assertThat(journal.takeForgotten()).isEmpty();
  }

  private static void add(MismatchJournal to, Pair pair, Comparison.Mismatch found) {
    to.add(pair.decision().route().id(), found, () -> new Shown(pair, found));
  }
}
