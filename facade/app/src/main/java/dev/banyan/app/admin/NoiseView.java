package dev.banyan.app.admin;

import dev.banyan.app.noise.NoiseWatch;
import dev.banyan.parity.noise.NoiseAnswer;
import dev.banyan.parity.noise.NoiseWindow;
import dev.banyan.parity.noise.Rate;
import dev.banyan.parity.privacy.Masking;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What REST shows of noise; see docs/reference/admin-rest.md. */
record NoiseView(
    long baselinePairs,
    long candidatePairs,
    long unusable,
    Map<String, Long> notRepeated,
    List<PlaceView> places,
    long dropped) {

  record PlaceView(
      String location,
      String kind,
      String called,
      boolean accepted,
      RateView baseline,
      RateView candidate,
      @Nullable Long missing) {
    static PlaceView of(NoiseWindow.Place place, Masking masking) {
      NoiseAnswer answer = place.answer();
      NoiseAnswer.Figures figures = answer.figures();
      Long missing =
          answer instanceof NoiseAnswer.Insufficient few && few.missing() > 0
              ? few.missing()
              : null;
      return new PlaceView(
          masking.text(place.spot().location()),
          place.spot().kind().word(),
          answer.word(),
          place.accepted(),
          RateView.of(figures.baseline(), figures.baselineBounds()),
          RateView.of(figures.candidate(), figures.candidateBounds()),
          missing);
    }
  }

  record RateView(long differed, long of, double low, double high) {
    static RateView of(Rate rate, Rate.Bounds bounds) {
      return new RateView(rate.hits(), rate.of(), rounded(bounds.low()), rounded(bounds.high()));
    }

    private static double rounded(double rate) {
      return Math.round(rate * 10_000) / 10_000d;
    }
  }

  static NoiseView of(NoiseWatch.Known known, Masking masking) {
    NoiseWindow.Report report = known.report();
    return new NoiseView(
        report.baselinePairs(),
        report.candidatePairs(),
        report.unusable(),
        known.dropped(),
        report.places().stream().map(place -> PlaceView.of(place, masking)).toList(),
        report.dropped());
  }
}
