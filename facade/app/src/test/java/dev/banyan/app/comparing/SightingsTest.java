package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Difference;
import dev.banyan.parity.Signature;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Signature SIGNATURE =
      new Signature("$.a", Difference.Kind.VALUE, "rounding");

  @Test
  void theFirstStayAndTheOthersAreAFairSampleOfAllThatCame() {
    long late = 0;
    for (int seed = 0; seed < 200; seed++) {
      List<String> kept = targets(1000, seed);
      assertThat(kept).hasSize(Sightings.MAX_EXEMPLARS).startsWith("/0", "/1", "/2");
      late +=
          kept.stream()
              .skip(Sightings.FIRST)
              .filter(target -> Integer.parseInt(target.substring(1)) >= 500)
              .count();
    }
    // 400 places, half of them expected: 6 standard deviations are 60.
    assertThat(late).isBetween(140L, 260L);
  }

  @Test
  void exemplarsAreMadeAFewTimesHoweverMuchTrafficThereIs() {
    int[] made = new int[1];
    Sightings sightings = new Sightings(Instant.EPOCH, new SplittableRandom(1));
    for (int i = 0; i < 1_000_000; i++) {
      sightings.add(
          Instant.EPOCH,
          new Standing.Mismatch(),
          () -> {
            made[0]++;
            return exemplar("/");
          });
    }
    // 5, and then 2 in n of each n-th: 5 + 2 ln(1,000,000 / 5) = 29 expected.
    assertThat(made[0]).isBetween(8, 80);
  }

  @Test
  void whatTookThePlaceOfOneThatWasKeptIsToBeKeptToo() {
    Sightings sightings = new Sightings(Instant.EPOCH, new SplittableRandom(1));
    add(sightings, 0, 5);
    MismatchJournal.Change first = sightings.change("r", SIGNATURE);
    add(sightings, 5, 1000); // while the first ones are being written
    sightings.kept(first);

    MismatchJournal.Change change = sightings.change("r", SIGNATURE);

    assertThat(change.more().count()).isEqualTo(995);
    assertThat(change.exemplarsBefore()).isBetween(3, 4);
    assertThat(change.more().exemplars())
        .hasSize(5 - change.exemplarsBefore())
        .noneMatch(one -> first.more().exemplars().contains(one));
  }

  private static List<String> targets(int count, long seed) {
    Sightings sightings = new Sightings(Instant.EPOCH, new SplittableRandom(seed));
    add(sightings, 0, count);
    return sightings.seen(SIGNATURE).exemplars().stream().map(Exemplar::target).toList();
  }

  private static void add(Sightings sightings, int from, int to) {
    for (int i = from; i < to; i++) {
      Exemplar exemplar = exemplar("/" + i);
      sightings.add(Instant.EPOCH, new Standing.Mismatch(), () -> exemplar);
    }
  }

  private static Exemplar exemplar(String target) {
    Exemplar.Seen seen = new Exemplar.Seen(200, "", null);
    return new Exemplar(Instant.EPOCH, "GET", target, "legacy", seen, seen, List.of(), null);
  }
}
