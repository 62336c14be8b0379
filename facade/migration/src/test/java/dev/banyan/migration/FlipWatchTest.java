package dev.banyan.migration;

import static dev.banyan.migration.Given.CANARY_10;
import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.LIVE;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.answered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlipWatchTest {
  private static final WatchPolicy POLICY =
      WatchPolicy.of((RouteTarget.Forward) Given.route("r", LIVE).target());
  private static final Comparison MATCH = new Comparison.Match();
  private static final Comparison MISMATCH =
      new Comparison.Mismatch(List.of(new Difference("$.id", Difference.Kind.VALUE, "1", "2")));

  private final FlipWatch watch = new FlipWatch("first");

  private void follow(dev.banyan.rules.Stage stage) {
    watch.follow(Map.of("r", stage), routeId -> POLICY);
  }

  /** How the migrated side goes wrong. */
  private enum Fault {
    NONE,
    ERRORS,
    TEN_TIMES_SLOWER,
    FIVE_PERCENT_WRONG
  }

  /** 100 requests a second of a route that is live; legacy gets copies. */
  private static final class Traffic {
    private static final Duration USUAL = Duration.ofMillis(20);

    private final FlipWatch watch;
    private final SplittableRandom random;
    private final double errors;
    private Instant now = NOON;

    Traffic(FlipWatch watch, long seed, double errors) {
      this.watch = watch;
      this.random = new SplittableRandom(seed);
      this.errors = errors;
    }

    /** The time from the first faulty answer to the breach; none if there is no breach. */
    Optional<Duration> run(Duration length, Fault fault) {
      Instant end = now.plus(length);
      Instant firstFault = null;
      for (int request = 0; now.isBefore(end); request++) {
        now = now.plusMillis(10);
        boolean wrong = fault == Fault.FIVE_PERCENT_WRONG && random.nextDouble() < 0.05;
        boolean failing = fault == Fault.ERRORS || random.nextDouble() < errors;
        boolean slow = fault == Fault.TEN_TIMES_SLOWER;
        Duration latency = slow ? USUAL.multipliedBy(10) : jittered();
        // Answers come that much later; what is late at the fault's beginning is lost to the test.
        watch.answered("r", Side.MIGRATED, answered(failing ? 500 : 200, latency), now);
        watch.answered("r", Side.LEGACY, answered(200, jittered()), now);
        watch.compared("r", wrong || fault == Fault.ERRORS ? MISMATCH : MATCH, now);
        if (firstFault == null && (wrong || slow || fault == Fault.ERRORS)) {
          firstFault = slow ? now.minus(latency) : now;
        }
        if (request % 10 == 0 && watch.look("r", POLICY, now).isPresent()) {
          return Optional.of(Duration.between(firstFault == null ? NOON : firstFault, now));
        }
      }
      return Optional.empty();
    }

    private Duration jittered() {
      return Duration.ofNanos((long) (USUAL.toNanos() * (0.5 + random.nextDouble())));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ERRORS", "TEN_TIMES_SLOWER", "FIVE_PERCENT_WRONG"})
  void aFaultIsSeenWithinTwoSecondsOfItsFirstAnswer(Fault fault) {
    List<Duration> times = new ArrayList<>();
    for (int seed = 0; seed < 100; seed++) {
      FlipWatch own = new FlipWatch("first");
      own.follow(Map.of("r", LIVE), routeId -> POLICY);
      Traffic traffic = new Traffic(own, seed, 0);
      assertThat(traffic.run(Duration.ofSeconds(12), Fault.NONE)).isEmpty();
      times.add(traffic.run(Duration.ofSeconds(30), fault).orElseThrow());
    }
    Collections.sort(times);

    System.out.printf(
        "%s: half within %d ms, 98 %% within %d ms, all within %d ms%n",
        fault, times.get(49).toMillis(), times.get(97).toMillis(), times.getLast().toMillis());
    assertThat(times.get(97)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void errorsAtHalfTheLimitAreNoBreachForHalfAnHour() {
    for (int seed = 0; seed < 6; seed++) {
      FlipWatch own = new FlipWatch("first");
      own.follow(Map.of("r", LIVE), routeId -> POLICY);

      assertThat(new Traffic(own, seed, 0.005).run(Duration.ofMinutes(5), Fault.NONE)).isEmpty();
    }
  }

  private void both(int times, int migrated, int legacy, Duration latency, Instant at) {
    for (int i = 0; i < times; i++) {
      watch.answered("r", Side.MIGRATED, answered(migrated, latency), at);
      watch.answered("r", Side.LEGACY, answered(legacy, latency), at);
    }
  }

  @Test
  void aTroubleThatBothSidesHaveFlipsNothing() {
    follow(LIVE);
    both(100, 503, 503, Duration.ofSeconds(9), NOON);

    assertThat(watch.verdict("r", POLICY, NOON)).contains(new WatchVerdict.Calm());
  }

  @ParameterizedTest(name = "{0} failing answers: {1}")
  @CsvSource({"19, NoTraffic", "20, Breach"})
  void tooLittleTrafficIsNoVerdict(int answers, String verdict) {
    follow(LIVE);
    both(answers, 500, 200, Duration.ofMillis(5), NOON);

    assertThat(watch.verdict("r", POLICY, NOON).orElseThrow().getClass().getSimpleName())
        .isEqualTo(verdict);
  }

  @Test
  void whatIsOlderThanTheWindowIsForgotten() {
    follow(LIVE);
    both(100, 500, 200, Duration.ofMillis(5), NOON);
    assertThat(watch.verdict("r", POLICY, NOON)).containsInstanceOf(WatchVerdict.Breach.class);

    Instant later = NOON.plus(POLICY.window());
    both(100, 200, 200, Duration.ofMillis(5), later);

    assertThat(watch.verdict("r", POLICY, later)).contains(new WatchVerdict.Calm());
  }

  @Test
  void onlyRoutesWhoseMigratedSideServesAreWatched() {
    for (var stage : List.of(LEGACY, SHADOW)) {
      follow(stage);
      both(100, 500, 200, Duration.ofMillis(5), NOON);

      assertThat(watch.verdict("r", POLICY, NOON)).as(stage.text()).isEmpty();
    }
  }

  @Test
  void aNewStepBeginsWithAnEmptyWindow() {
    follow(CANARY_10);
    both(100, 500, 200, Duration.ofMillis(5), NOON);

    follow(LIVE);

    assertThat(watch.verdict("r", POLICY, NOON)).containsInstanceOf(WatchVerdict.NoTraffic.class);
  }

  @Test
  void aBreachIsSaidOnceAndKeepsFromFlippingUntilItIsCoolAndAcknowledged() {
    follow(LIVE);
    both(100, 500, 200, Duration.ofMillis(5), NOON);

    assertThat(watch.look("r", POLICY, NOON).orElseThrow().reasons())
        .containsExactly(
            "errors of the migrated side: 100 of 100 answers in 10000 ms (expected: at most 1%;"
                + " legacy: 0 of 100)");
    assertThat(watch.look("r", POLICY, NOON)).isEmpty();

    Instant cool = NOON.plus(POLICY.coolDown());
    assertThat(watch.against("r", cool).orElseThrow()).contains("not acknowledged");
    assertThat(watch.acknowledge("r", "ada", NOON)).isTrue();
    assertThat(watch.acknowledge("r", "ada", NOON)).isFalse();
    assertThat(watch.against("r", cool.minusMillis(1)).orElseThrow()).contains("cooling down");
    assertThat(watch.against("r", cool)).isEmpty();
    assertThat(watch.look("r", POLICY, NOON)).isPresent();
    assertThat(watch.against("r", cool).orElseThrow()).contains("not acknowledged");
  }

  @Test
  void aBreachThatAnotherReplicaSawHoldsHereTooAndOneAcknowledgementClearsBoth() {
    FlipWatch other = new FlipWatch("second");
    other.follow(Map.of("r", LIVE), routeId -> POLICY);
    follow(LIVE);
    both(100, 500, 200, Duration.ofMillis(5), NOON);
    assertThat(watch.look("r", POLICY, NOON)).isPresent();

    assertThat(other.learn(watch.states())).isTrue();
    assertThat(other.learn(watch.states())).isFalse();
    assertThat(other.against("r", NOON).orElseThrow()).contains("seen by replica first");

    // Its clock is behind.
    assertThat(other.acknowledge("r", "ada", NOON.minusSeconds(9))).isTrue();
    assertThat(watch.learn(other.states())).isTrue();
    assertThat(watch.states()).isEqualTo(other.states());
    Instant cool = NOON.plus(POLICY.coolDown());
    assertThat(watch.against("r", cool.minusMillis(1)).orElseThrow()).contains("cooling down");
    assertThat(watch.against("r", cool)).isEmpty();
  }

  /** The ledger may be late: whoever still serves the migrated side must not wait for it. */
  @Test
  void aBreachThatAnotherReplicaSawKeepsNobodyFromSeeingItsOwn() {
    FlipWatch other = new FlipWatch("second");
    other.follow(Map.of("r", LIVE), routeId -> POLICY);
    for (int i = 0; i < 100; i++) {
      other.answered("r", Side.MIGRATED, answered(500, Duration.ofMillis(5)), NOON);
    }
    follow(LIVE);
    both(100, 500, 200, Duration.ofMillis(5), NOON.plusSeconds(1));
    assertThat(watch.look("r", POLICY, NOON.plusSeconds(1))).isPresent();
    other.learn(watch.states());

    assertThat(other.look("r", POLICY, NOON.plusSeconds(1))).isPresent();
  }
}
