package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Body;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyTeeTest {
  private final ShadowBudget budget = new ShadowBudget(1, 100);

  private static String text(Body body) {
    return new String(((Body.Whole) body).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void chunksAreJoinedAndRemainAsTheyWere() {
    BodyTee tee = new BodyTee(100, budget);
    Buffer first = Buffer.buffer("one ");
    Buffer second = Buffer.buffer("two ");

    tee.take(first);
    assertThat(text(tee.body())).isEqualTo("one ");
    tee.take(second);
    tee.take(Buffer.buffer("three"));

    assertThat(text(tee.body())).isEqualTo("one two three");
    assertThat(first).hasToString("one ");
    assertThat(second).hasToString("two ");
  }

  @Test
  void aBodyThatWasLookedAtDoesNotChangeWhenMoreComes() {
    BodyTee tee = new BodyTee(100, budget);
    tee.take(new byte[0]);
    tee.take(new byte[] {'a', 'b'});
    Body begun = tee.body();
    for (int i = 0; i < 20; i++) {
      tee.take(new byte[] {'c'});
      Body more = tee.body();
      tee.take(new byte[] {'d'});
      assertThat(text(more)).isEqualTo("ab" + "cd".repeat(i) + "c");
    }

    assertThat(text(begun)).isEqualTo("ab");
    assertThat(text(tee.body())).isEqualTo("ab" + "cd".repeat(20));
  }

  @Test
  void whatBecomesOfAChunkLaterIsNotKept() {
    BodyTee tee = new BodyTee(100, budget);
    Buffer chunk = Buffer.buffer("whole");

    tee.take(chunk);
    chunk.setString(0, "other");

    assertThat(text(tee.body())).isEqualTo("whole");
  }

  @Test
  void overItsCapItLetsGoOfAllAndGivesTheBytesBack() {
    BodyTee tee = new BodyTee(6, budget);

    tee.take(Buffer.buffer("1234"));
    tee.take(Buffer.buffer("567"));

    assertThat(tee.body()).isEqualTo(new Body.TooLarge(6));
    assertThat(budget.hold(100)).as("all of the budget is free").isTrue();
  }
}
