package dev.banyan.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Three replicas that share a database, write their counts down now and then, are killed now and
 * then, and of which any may judge at any time. Seeded.
 */
class MergedPeekingTest {
  private static final int ROUTES = 4_000;
  private static final int COMPARISONS = 3_000;
  private static final double CONFIDENCE = 0.95;
  private static final double LIMIT = 0.02;

  private static final class Counts {
    long compared;
    long mismatched;
  }

  /** One route: what each replica knows, and what the rows of the database say. */
  private static final class Route {
    private final SplittableRandom random;
    private final double rate;
    private final Counts[] own = {new Counts(), new Counts(), new Counts()};
    private final Counts[] rows = {new Counts(), new Counts(), new Counts()};

    /** Rows of replicas that are gone; nobody writes them any more. */
    private final List<Counts> left = new ArrayList<>();

    Route(long seed, double rate) {
      this.random = new SplittableRandom(seed);
      this.rate = rate;
    }

    boolean isEverReady() {
      for (int i = 0; i < COMPARISONS; i++) {
        int replica = random.nextInt(3);
        own[replica].compared++;
        own[replica].mismatched += random.nextDouble() < rate ? 1 : 0;
        if (random.nextInt(20) == 0) {
          write(random.nextInt(3));
        }
        if (random.nextInt(300) == 0) {
          kill(random.nextInt(3));
        }
        if (random.nextInt(3) == 0 && isReadyAt(random.nextInt(3))) {
          return true;
        }
      }
      return false;
    }

    /** The last value wins, so it may be written as often as one likes. */
    private void write(int replica) {
      rows[replica].compared = own[replica].compared;
      rows[replica].mismatched = own[replica].mismatched;
    }

    private void kill(int replica) {
      left.add(rows[replica]);
      rows[replica] = new Counts();
      own[replica] = new Counts();
    }

    private boolean isReadyAt(int replica) {
      write(replica);
      long compared = 0;
      long mismatched = 0;
      for (Counts row : rows) {
        compared += row.compared;
        mismatched += row.mismatched;
      }
      for (Counts row : left) {
        compared += row.compared;
        mismatched += row.mismatched;
      }
      return new RateBound(mismatched, compared, CONFIDENCE).surelyWithin(LIMIT);
    }
  }

  private static double everReady(double multiple) {
    double ready =
        IntStream.range(0, ROUTES)
                .parallel()
                .filter(seed -> new Route(seed, multiple * LIMIT).isEverReady())
                .count()
            / (double) ROUTES;
    System.out.printf("three replicas: %.2f x limit: ever ready %.2f %%%n", multiple, 100 * ready);
    return ready;
  }

  @Test
  void whoeverJudgesAtMostOneRouteInTwentyAtTheLimitIsEverReady() {
    assertThat(everReady(1)).isLessThanOrEqualTo(0.05);
  }

  @Test
  void atTwiceTheLimitHardlyAnyRouteIsEverReady() {
    assertThat(everReady(2)).isLessThanOrEqualTo(0.005);
  }

  @Test
  void goodRoutesGetReadyAllTheSame() {
    assertThat(everReady(0.25)).isGreaterThan(0.99);
  }
}
