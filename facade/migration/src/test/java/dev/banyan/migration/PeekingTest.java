package dev.banyan.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Ten thousand routes whose verdict is looked at after every single comparison. Seeded: the figures
 * are those of docs/reference/gate.md.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PeekingTest {
  private static final int ROUTES = 10_000;
  private static final double CONFIDENCE = 0.95;
  private static final double LIMIT = 0.02;
  private static final long NEVER = Long.MAX_VALUE;

  /** Where we stop looking: 200 / limit comparisons. */
  private static final int HORIZON = 10_000;

  /** What the docs promise for half the limit: 45 / limit comparisons. */
  private static final int PROMISED = 2_250;

  /** What became of all routes whose true rate is this multiple of the limit. */
  private record Outcome(double multiple, List<Long> readyAt, List<Long> notReadyAt) {
    double everReady() {
      return shareWithin(readyAt, HORIZON);
    }

    double readyWithin(long comparisons) {
      return shareWithin(readyAt, comparisons);
    }

    double everNotReady() {
      return shareWithin(notReadyAt, HORIZON);
    }

    private static double shareWithin(List<Long> at, long comparisons) {
      return at.stream().filter(n -> n <= comparisons).count() / (double) at.size();
    }

    /** The comparisons by which this share of all routes was ready, or "-". */
    String quantile(double share) {
      long at = readyAt.stream().sorted().toList().get((int) Math.ceil(share * ROUTES) - 1);
      return at == NEVER ? "-" : grouped(at);
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %s | %.2f %% | %.2f %% | %s | %s |",
          multiple == 0 ? "0" : multiple == 1 ? "limit" : trimmed() + " × limit",
          100 * everReady(),
          100 * everNotReady(),
          quantile(0.5),
          quantile(0.9));
    }

    private String trimmed() {
      return multiple == Math.rint(multiple) ? "" + (long) multiple : "" + multiple;
    }
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }

  private List<Outcome> outcomes = List.of();

  @BeforeAll
  void simulate() {
    Thresholds thresholds = new Thresholds();
    outcomes =
        List.of(0d, 0.25, 0.5, 0.75, 1d, 1.5, 2d, 4d).parallelStream()
            .map(multiple -> outcome(multiple, thresholds))
            .toList();
  }

  private Outcome at(double multiple) {
    return outcomes.stream().filter(o -> o.multiple() == multiple).findFirst().orElseThrow();
  }

  @Test
  void atTwiceTheLimitHardlyAnyRouteIsEverReady() {
    assertThat(at(2).everReady()).isLessThanOrEqualTo(0.05);
  }

  /** The hardest case: a rate that is just too high. */
  @Test
  void atExactlyTheLimitAtMostOneInTwentyIsEverReady() {
    assertThat(at(1).everReady()).isLessThanOrEqualTo(0.05);
  }

  @Test
  void atTheLimitAtMostOneInTwentyIsEverCalledNotReady() {
    assertThat(at(1).everNotReady()).isLessThanOrEqualTo(0.05);
  }

  @Test
  void withoutMismatchesEveryRouteIsReadyWithinOneAndAHalfTimesTheFewestPossible() {
    double fewest = -Math.log1p(-CONFIDENCE) / LIMIT;

    assertThat(Collections.max(at(0).readyAt())).isLessThanOrEqualTo((long) (1.5 * fewest));
  }

  @Test
  void atHalfTheLimitNineInTenAreReadyWithinWhatIsPromised() {
    assertThat(at(0.5).readyWithin(PROMISED)).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void atTwiceTheLimitEveryRouteIsFoundOut() {
    assertThat(at(2).everNotReady()).isGreaterThan(0.99);
  }

  @Test
  void theTableInTheDocsIsThisOne() throws IOException {
    String docs = Files.readString(Path.of("../../docs/reference/gate.md"));

    for (Outcome outcome : outcomes) {
      assertThat(docs.contains(outcome.row())).as(outcome.row()).isTrue();
    }
  }

  @Test
  void theSampleSizesInTheDocsAreTheBounds() throws IOException {
    String docs = Files.readString(Path.of("../../docs/reference/gate.md"));

    for (double limit : new double[] {0.05, 0.01, 0.001}) {
      String sizes =
          IntStream.range(0, 4)
              .mapToLong(k -> k + new RateBound(k, k, CONFIDENCE).cleanTrialsMissing(limit))
              .mapToObj(PeekingTest::grouped)
              .collect(Collectors.joining(" | ", "% | ", " |"));
      assertThat(docs.replace(" %", "%").contains(sizes)).as(sizes).isTrue();
    }
  }

  private static Outcome outcome(double multiple, Thresholds thresholds) {
    SplittableRandom random = new SplittableRandom(20_261_121L + (long) (1_000 * multiple));
    List<Long> readyAt = new ArrayList<>(ROUTES);
    List<Long> notReadyAt = new ArrayList<>(ROUTES);
    for (int route = 0; route < ROUTES; route++) {
      SplittableRandom traffic = random.split();
      long ready = NEVER;
      long notReady = NEVER;
      int mismatches = 0;
      for (int n = 1; n <= HORIZON && (ready == NEVER || notReady == NEVER); n++) {
        mismatches += traffic.nextDouble() < multiple * LIMIT ? 1 : 0;
        if (ready == NEVER && n >= thresholds.readyFrom[mismatches]) {
          ready = n;
        }
        if (notReady == NEVER && n <= thresholds.notReadyUpTo[mismatches]) {
          notReady = n;
        }
      }
      readyAt.add(ready);
      notReadyAt.add(notReady);
    }
    return new Outcome(multiple, readyAt, notReadyAt);
  }

  /**
   * The bound's answer to every look, made beforehand: with so many mismatches it is "within" from
   * some number of comparisons on and "above" up to some other (RateBoundTest shows why).
   */
  private static final class Thresholds {
    private final long[] readyFrom = new long[HORIZON + 1];
    private final long[] notReadyUpTo = new long[HORIZON + 1];

    Thresholds() {
      for (int k = 0; k <= HORIZON; k++) {
        readyFrom[k] = k + new RateBound(k, k, CONFIDENCE).cleanTrialsMissing(LIMIT);
        long above = k - 1L;
        long notAbove = readyFrom[k];
        while (notAbove - above > 1) {
          long middle = above + (notAbove - above) / 2;
          if (new RateBound(k, middle, CONFIDENCE).surelyAbove(LIMIT)) {
            above = middle;
          } else {
            notAbove = middle;
          }
        }
        notReadyUpTo[k] = above;
      }
    }
  }

  @Test
  void theThresholdsAnswerAsTheBoundDoes() {
    Thresholds thresholds = new Thresholds();
    SplittableRandom random = new SplittableRandom(7);
    for (int look = 0; look < 100_000; look++) {
      int n = random.nextInt(1, HORIZON);
      int k = random.nextInt(0, Math.min(n, 1 + (int) (5 * LIMIT * n)));
      var bound = new RateBound(k, n, CONFIDENCE);

      assertThat(bound.surelyWithin(LIMIT)).isEqualTo(n >= thresholds.readyFrom[k]);
      assertThat(bound.surelyAbove(LIMIT)).isEqualTo(n <= thresholds.notReadyUpTo[k]);
    }
  }
}
