package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Observation;
import dev.banyan.proxy.MirroredWrite.Outcome;
import dev.banyan.rules.WritePolicy;
import dev.banyan.rules.WritePolicy.Writes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests that the migrated side carries out after legacy. */
final class WritesAfterSuccessIT {
  private final WriteRig writes = new WriteRig();

  @AfterEach
  void close() {
    writes.close();
  }

  @Test
  void afterLegacyTheWriteIsSentUnderOneKeyUntilItArrives() {
    ScriptedUpstream module =
        writes.candidate(
            Writes.AFTER_SUCCESS,
            WriteRig.LONG,
            WriteRig.CREATED,
            "",
            "HTTP/1.1 503 Service Unavailable\r\n" + WriteRig.EMPTY,
            "HTTP/1.1 409 Conflict\r\nRetry-After: 1\r\n" + WriteRig.EMPTY,
            WriteRig.DONE);
    assertThat(writes.post().body()).isEqualTo("old");

    MirroredWrite write = writes.rig().kept().firstWrite();
    assertThat(write.outcome()).isEqualTo(Outcome.ARRIVED);
    assertThat(write.tries()).isEqualTo(4);
    assertThat(module.heads()).hasSize(4).allMatch(head -> WriteRig.key(head).equals(write.key()));
    assertThat(module.heads())
        .allMatch(head -> head.contains("\r\nBanyan-Copy: after-success\r\n"))
        .noneMatch(head -> head.contains("Banyan-Shadow"));
    assertThat(writes.bodies()).hasSize(4).containsOnly("order");
    assertThat(writes.rig().kept().shadowed())
        .singleElement()
        .isInstanceOfSatisfying(
            ShadowedExchange.Pair.class,
            pair ->
                assertThat(pair.candidate())
                    .isInstanceOfSatisfying(
                        Observation.Answered.class,
                        answer -> assertThat(answer.status()).isEqualTo(201)));
    writes.nothingIsHeld();
  }

  @Test
  void twoEqualRequestsAreTwoWritesButForTheClientsOwnKey() {
    ScriptedUpstream module =
        writes.candidate(Writes.AFTER_SUCCESS, WriteRig.LONG, WriteRig.CREATED, WriteRig.DONE);
    for (String line : new String[] {"X-A: 1", "X-A: 1", "Idempotency-Key: own"}) {
      writes.post(line);
    }
    await().until(() -> writes.rig().kept().written().size() == 3);

    List<String> keys = module.heads().stream().map(WriteRig::key).toList();
    assertThat(keys).doesNotHaveDuplicates().contains("own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n",
        "HTTP/1.1 302 Found\r\n",
        "HTTP/1.1 500 Failed\r\n"
      })
  void whatLegacyDidNotDoTheMigratedSideDoesNot(String status) {
    ScriptedUpstream module =
        writes.candidate(
            Writes.AFTER_SUCCESS, WriteRig.LONG, status + WriteRig.EMPTY, WriteRig.DONE);
    writes.post();

    assertThat(((ShadowedExchange.Skipped) writes.rig().kept().firstShadow()).reason())
        .isEqualTo("not-successful");
    assertThat(module.heads()).isEmpty();
    assertThat(writes.rig().kept().written()).isEmpty();
    writes.nothingIsHeld();
  }

  @Test
  void aRefusalIsFinalAndTold() {
    ScriptedUpstream module =
        writes.candidate(
            Writes.AFTER_SUCCESS,
            WriteRig.LONG,
            WriteRig.CREATED,
            "HTTP/1.1 422 Unprocessable\r\n" + WriteRig.EMPTY);
    writes.post();

    MirroredWrite write = writes.rig().kept().firstWrite();
    assertThat(write.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(write.reason()).isEqualTo("4xx");
    assertThat(module.heads()).hasSize(1);
    writes.nothingIsHeld();
  }

  @Test
  void whatDoesNotArriveInTimeIsGivenUpAndTold() {
    writes.candidate(Writes.AFTER_SUCCESS, Duration.ofMillis(600), WriteRig.CREATED, "");
    writes.post();

    MirroredWrite write = writes.rig().kept().firstWrite();
    assertThat(write.outcome()).isEqualTo(Outcome.GIVEN_UP);
    assertThat(write.reason()).isEqualTo("reset-before-answer");
    assertThat(write.tries()).isPositive();
    assertThat(((ShadowedExchange.Pair) writes.rig().kept().firstShadow()).candidate())
        .isInstanceOf(Observation.Failed.class);
    writes.nothingIsHeld();
  }

  @Test
  void aClientThatLeavesBeforeTheAnswerLeavesAWholeWriteBehind() {
    ScriptedUpstream legacy =
        writes
            .rig()
            .beside(
                new ScriptedUpstream(
                    (line, head) -> {
                      line.body(head);
                      writes.rig().awaitOnce();
                      line.write(WriteRig.CREATED);
                    }));
    ScriptedUpstream module = writes.answering(WriteRig.DONE);
    serving(legacy, module);
    RawClient client = WriteRig.send(writes.rig().client());
    await().until(() -> legacy.heads().size() == 1);
    client.vanish();
    await().until(() -> writes.rig().facade().connections() == 0);
    writes.rig().release();

    assertThat(writes.rig().kept().firstWrite().outcome()).isEqualTo(Outcome.ARRIVED);
    assertThat(module.heads()).hasSize(1);
    await().until(() -> writes.rig().facade().requestsInFlight() == 0);
    writes.nothingIsHeld();
  }

  @Test
  void ofALegacyThatDiesUnderTheWriteItIsNotKnownWhetherItWasDone() {
    ScriptedUpstream legacy =
        writes
            .rig()
            .beside(
                new ScriptedUpstream(
                    (line, head) -> {
                      line.body(head);
                      line.reset();
                    }));
    ScriptedUpstream module = writes.answering(WriteRig.DONE);
    serving(legacy, module);
    assertThat(writes.post().statusLine()).contains("502");

    assertThat(writes.rig().kept().firstWrite().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(module.heads()).isEmpty();
    writes.nothingIsHeld();
  }

  @Test
  void aFacadeThatEndsWaitsForItsWrites() {
    ScriptedUpstream module =
        writes.candidate(
            Writes.AFTER_SUCCESS,
            WriteRig.LONG,
            WriteRig.CREATED,
            "HTTP/1.1 503 Service Unavailable\r\n" + WriteRig.EMPTY,
            "HTTP/1.1 503 Service Unavailable\r\n" + WriteRig.EMPTY,
            WriteRig.DONE);
    writes.post();

    assertThat(writes.rig().facade().drain(Duration.ofSeconds(30))).isZero();

    assertThat(writes.rig().kept().firstWrite().outcome()).isEqualTo(Outcome.ARRIVED);
    assertThat(module.heads()).hasSize(3);
  }

  @Test
  void whatHasNotArrivedWhenTheFacadeEndsIsGivenUp() {
    writes.candidate(Writes.AFTER_SUCCESS, WriteRig.LONG, WriteRig.CREATED, "");
    writes.post();
    writes.rig().facade().drain(Duration.ofMillis(100));
    writes.rig().facade().close();

    MirroredWrite write = writes.rig().kept().firstWrite();
    assertThat(write.outcome()).isEqualTo(Outcome.GIVEN_UP);
    assertThat(write.reason()).isEqualTo("stopped");
    assertThat(writes.rig().kept().written()).hasSize(1);
  }

  private void serving(ScriptedUpstream legacy, ScriptedUpstream module) {
    writes
        .rig()
        .serving(
            module,
            Decisions.writing(
                legacy.upstream(),
                module.upstream(),
                new WritePolicy(Writes.AFTER_SUCCESS, WriteRig.LONG)));
  }
}
