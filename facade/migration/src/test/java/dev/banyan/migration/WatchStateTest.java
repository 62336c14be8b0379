package dev.banyan.migration;

import static dev.banyan.migration.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.WatchState.Breached;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchStateTest {
  private static Breached breach(int second, String replica) {
    return new Breached(
        NOON.plusSeconds(second),
        NOON.plusSeconds(second + 600L),
        List.of("errors " + second),
        replica);
  }

  private static WatchState random(Random random) {
    Breached breach = breach(random.nextInt(4), "replica-" + random.nextInt(2));
    return switch (random.nextInt(3)) {
      case 0 -> new WatchState.Watching();
      case 1 -> breach;
      default ->
          breach.acknowledge("ada-" + random.nextInt(2), NOON.plusSeconds(random.nextInt(6)));
    };
  }

  @Test
  void inWhateverOrderAndHoweverOftenReplicasTellEachOtherTheyAgreeInTheEnd() {
    Random random = new Random(6);
    for (int i = 0; i < 20_000; i++) {
      List<WatchState> told =
          new ArrayList<>(IntStream.range(0, 4).mapToObj(n -> random(random)).toList());
      WatchState one = told.stream().reduce(WatchState::merged).orElseThrow();
      told.add(told.get(random.nextInt(told.size())));
      Collections.shuffle(told, random);

      assertThat(told.stream().reduce(WatchState::merged).orElseThrow()).isEqualTo(one);
      assertThat(WatchState.merged(one, one)).isEqualTo(one);
    }
  }

  @Test
  void aBreachAfterTheAcknowledgementWantsAnotherOne() {
    WatchState seen = breach(1, "a").acknowledge("ada", NOON.plusSeconds(2));

    assertThat(WatchState.merged(seen, breach(3, "b"))).isEqualTo(breach(3, "b"));
    assertThat(WatchState.merged(breach(2, "b"), seen))
        .isEqualTo(breach(2, "b").acknowledge("ada", NOON.plusSeconds(2)));
  }
}
