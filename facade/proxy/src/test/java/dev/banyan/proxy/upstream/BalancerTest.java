package dev.banyan.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.HealthPolicy;
import dev.banyan.rules.HealthPolicy.InPanic;
import dev.banyan.rules.Share;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Who takes the next request. */
final class BalancerTest {
  private final SplittableRandom random = new SplittableRandom(42);

  private static HealthPolicy policy(InPanic inPanic) {
    return new HealthPolicy(
        Optional.empty(),
        Duration.ofSeconds(1),
        1,
        Duration.ofMinutes(1),
        new Share(5000),
        inPanic);
  }

  private static List<Endpoint> endpoints(int count, HealthPolicy policy) {
    List<Endpoint> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Endpoint(URI.create("http://10.0.0." + i), new EndpointHealth(policy)));
    }
    return all;
  }

  private static void fail(Endpoint endpoint) {
    endpoint.health().failed(System.nanoTime());
  }

  @Test
  void theLessBusyOfTwoTakesIt() {
    HealthPolicy policy = policy(InPanic.USE_ALL);
    List<Endpoint> two = endpoints(2, policy);
    Balancer balancer = new Balancer(two, policy);
    two.getFirst().begin();
    for (int i = 0; i < 100; i++) {
      assertThat(balancer.pick(null, null, random)).isSameAs(two.getLast());
    }
  }

  @Test
  void loadSpreadsEvenlyWhereEachPickStays() {
    HealthPolicy policy = policy(InPanic.USE_ALL);
    List<Endpoint> ten = endpoints(10, policy);
    Balancer balancer = new Balancer(ten, policy);
    for (int i = 0; i < 10_000; i++) {
      balancer.pick(null, null, random).begin();
    }
    assertThat(ten).allSatisfy(one -> assertThat(one.inFlight()).isBetween(990, 1010));
  }

  @Test
  void oneValueStaysAndOnlyTheValuesOfALostUrlMove() {
    HealthPolicy policy = policy(InPanic.USE_ALL);
    List<Endpoint> five = endpoints(5, policy);
    Balancer balancer = new Balancer(five, policy);
    Map<String, Endpoint> before = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      before.put("session" + i, balancer.pick("session" + i, null, random));
    }
    assertThat(before.values().stream().distinct()).hasSize(5);
    fail(five.get(2));
    before.forEach(
        (value, was) -> {
          Endpoint now = balancer.pick(value, null, random);
          if (was == five.get(2)) {
            assertThat(now).isNotSameAs(was);
          } else {
            assertThat(now).isSameAs(was);
          }
        });
  }

  @Test
  void theNextAttemptGoesElsewhere() {
    HealthPolicy policy = policy(InPanic.USE_ALL);
    List<Endpoint> two = endpoints(2, policy);
    Balancer balancer = new Balancer(two, policy);
    for (int i = 0; i < 100; i++) {
      assertThat(balancer.pick("same", two.getFirst(), random)).isSameAs(two.getLast());
    }
  }

  @Test
  void aSickUrlIsLeftOutUntilTooFewAreWellAndThenAllAreUsed() {
    HealthPolicy policy = policy(InPanic.USE_ALL);
    List<Endpoint> four = endpoints(4, policy);
    Balancer balancer = new Balancer(four, policy);
    fail(four.get(0));
    fail(four.get(1));
    for (int i = 0; i < 100; i++) {
      assertThat(balancer.pick(null, null, random)).isIn(four.get(2), four.get(3));
    }
    fail(four.get(2));
    java.util.Set<Endpoint> used = new java.util.HashSet<>();
    for (int i = 0; i < 200; i++) {
      used.add(balancer.pick(null, null, random));
    }
    assertThat(used).hasSize(4);
  }

  @Test
  void whereTheRuleSaysSoNoneIsUsedInPanic() {
    HealthPolicy policy = policy(InPanic.REFUSE);
    List<Endpoint> three = endpoints(3, policy);
    Balancer balancer = new Balancer(three, policy);
    fail(three.get(0));
    assertThat(balancer.pick(null, null, random)).isNotNull();
    fail(three.get(1));
    assertThat(balancer.pick(null, null, random)).isNull();
  }
}
