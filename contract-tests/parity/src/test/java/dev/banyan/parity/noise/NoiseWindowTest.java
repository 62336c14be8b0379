package dev.banyan.parity.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.Spot;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one route's comparisons add up to. */
class NoiseWindowTest {
  private static final Comparison MATCH = new Comparison.Match();
  private static final Comparison GUID = differs("$.id", Kind.VALUE);

  private final NoiseWindow window = new NoiseWindow();

  @Test
  void aPlaceThatVariesIsAcceptedAndOneThatOnlyTheCandidateHasWrongIsNot() {
    for (int i = 0; i < 60; i++) {
      window.baseline(GUID);
      candidate(
          new Comparison.Mismatch(
              List.of(difference("$.id", Kind.VALUE), difference("$.name", Kind.VALUE))));
    }

    assertThat(window.known().locations()).containsExactly("$.id");
    assertThat(place("$.id", Kind.VALUE).accepted()).isTrue();
    assertThat(place("$.name", Kind.VALUE).answer()).isInstanceOf(NoiseAnswer.NotNoise.class);
    assertThat(window.report().places().getFirst().spot().location()).isEqualTo("$.id");
  }

  @Test
  void whatComesAndGoesChangesTypeOrOrderOrStatusIsNeverAccepted() {
    for (int i = 0; i < 60; i++) {
      window.baseline(
          new Comparison.Mismatch(
              List.of(
                  difference("$.a", Kind.MISSING),
                  difference("$.b", Kind.TYPE),
                  difference("$.c", Kind.ORDER),
                  difference("$.d", Kind.EXTRA))));
    }

    assertThat(window.known().locations()).isEmpty();
    assertThat(place("$.a", Kind.MISSING).answer()).isInstanceOf(NoiseAnswer.Noise.class);
    assertThat(place("$.a", Kind.MISSING).accepted()).isFalse();
  }

  @Test
  void aRepeatThatFailedOrHadAnotherStatusIsNoBaseline() {
    window.baseline(differs("candidate", Kind.FAILURE));
    window.baseline(
        new Comparison.Mismatch(
            List.of(difference("status", Kind.VALUE), difference("$.id", Kind.VALUE))));
    window.baseline(new Comparison.Incomparable("body-too-large"));

    assertThat(window.report().unusable()).isEqualTo(3);
    assertThat(window.report().baselinePairs()).isZero();
    assertThat(window.report().places()).isEmpty();
  }

  @Test
  void aCandidateThatFailedSaysNothingOfItsFields() {
    candidate(differs("candidate", Kind.FAILURE));
    candidate(new Comparison.Incomparable("too-deep"));

    assertThat(window.report().candidatePairs()).isZero();
  }

  @Test
  void whatWasAcceptedAsNoiseGoesOnBeingCounted() {
    for (int i = 0; i < 60; i++) {
      window.baseline(GUID);
    }
    NoiseSeen seen = window.known().look();
    assertThat(seen.accepts("$.id", "\"a\"", "\"b\"")).isTrue();

    window.candidate(MATCH, seen);

    assertThat(place("$.id", Kind.VALUE).answer().figures().candidate()).isEqualTo(new Rate(1, 1));
  }

  @Test
  void noiseIsTakenBackWhenTheCandidateBeginsToDifferFarMoreOften() {
    for (int i = 0; i < 6000; i++) {
      window.baseline(i % 3 == 0 ? GUID : MATCH);
      candidate(i % 3 == 0 ? GUID : MATCH);
    }
    assertThat(window.known().locations()).containsExactly("$.id");

    for (int i = 0; i < 2560; i++) {
      candidate(GUID);
    }

    assertThat(window.known().locations()).isEmpty();
  }

  @Test
  void whatWasLongAgoIsForgotten() {
    for (int i = 0; i < 60; i++) {
      window.baseline(GUID);
    }
    for (int i = 0; i < 2 * NoiseWindow.SPAN; i++) {
      window.baseline(MATCH);
    }

    assertThat(window.known().locations()).isEmpty();
    assertThat(window.report().places()).isEmpty();
    assertThat(window.report().baselinePairs()).isLessThanOrEqualTo(2L * NoiseWindow.SPAN);
  }

  @Test
  void anAnswerWhoseDifferencesAreTooManyToListSpeaksAgainstNoiseEverywhere() {
    for (int i = 0; i < 60; i++) {
      window.baseline(GUID);
    }
    List<Difference> flood =
        IntStream.range(0, Comparison.Mismatch.MOST)
            .mapToObj(i -> difference("$.m" + i, Kind.VALUE))
            .toList();

    candidate(new Comparison.Mismatch(flood));

    assertThat(place("$.id", Kind.VALUE).answer().figures().candidate()).isEqualTo(new Rate(1, 1));
  }

  @Test
  void memoryIsBoundedAndWhatFindsNoRoomIsCounted() {
    for (int i = 0; i < 10_000; i++) {
      candidate(differs("$.m" + i, Kind.VALUE));
      candidate(differs("$.m" + i, Kind.EXTRA));
    }

    NoiseWindow.Report report = window.report();
    assertThat(report.places()).hasSize(Tallies.MOST_VALUES + Tallies.MOST_OTHERS);
    // 51 values and 50 others were counted when the first found no room.
    assertThat(report.dropped()).isEqualTo(20_000 - 101);
  }

  @Test
  void aPlaceWhereLegacyVariesFindsRoomAmongThoseWhereOnlyTheCandidateDiffers() {
    for (int i = 0; i < 1000; i++) {
      candidate(
          new Comparison.Mismatch(
              List.of(difference("$.m" + i, Kind.VALUE), difference("$.id", Kind.VALUE))));
    }
    // Its first pairs with the candidate found room or not: what is not known is not claimed.
    for (int i = 0; i < 60; i++) {
      window.baseline(differs("$.late", Kind.VALUE));
    }

    assertThat(window.known().locations()).containsExactly("$.late");
    assertThat(place("$.late", Kind.VALUE).answer().figures().candidate()).isEqualTo(Rate.NONE);
    assertThat(place("$.late", Kind.VALUE).answer().figures().baseline())
        .isEqualTo(new Rate(59, 59));
  }

  private void candidate(Comparison comparison) {
    window.candidate(comparison, KnownNoise.NOTHING.look());
  }

  private NoiseWindow.Place place(String location, Kind kind) {
    return window.report().places().stream()
        .filter(place -> place.spot().equals(new Spot(location, kind)))
        .findFirst()
        .orElseThrow();
  }

  private static Comparison differs(String location, Kind kind) {
    return new Comparison.Mismatch(List.of(difference(location, kind)));
  }

  private static Difference difference(String location, Kind kind) {
    return new Difference(location, kind, "1", "2");
  }
}
