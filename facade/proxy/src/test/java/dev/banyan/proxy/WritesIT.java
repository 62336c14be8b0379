package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Observation;
import dev.banyan.proxy.MirroredWrite.Outcome;
import dev.banyan.rules.WritePolicy;
import dev.banyan.rules.WritePolicy.Writes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests that change something. */
final class WritesIT {
  private static final String CREATED = "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nold";
  private static final String DONE = "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nnew";
  private static final String EMPTY = "Content-Length: 0\r\n\r\n";
  private static final Pattern KEY = Pattern.compile("\r\nIdempotency-Key: (\\S+)\r\n");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Rig rig = new Rig();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    rig.close();
  }

  /** Answers each request in turn; the last answer again and again; an empty one is a reset. */
  private ScriptedUpstream answering(String... answers) {
    AtomicInteger asked = new AtomicInteger();
    return new ScriptedUpstream(
        (line, head) -> {
          bodies.add(line.body(head));
          String answer = answers[Math.min(asked.getAndIncrement(), answers.length - 1)];
          if (answer.isEmpty()) {
            line.reset();
          } else {
            line.write(answer);
          }
        });
  }

  private ScriptedUpstream candidate(
      Writes writes, Duration retryFor, String legacyAnswers, String... answers) {
    ScriptedUpstream legacy =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  line.body(head);
                  line.write(legacyAnswers);
                }));
    ScriptedUpstream candidate = answering(answers);
    return rig.serving(
        candidate,
        Decisions.writing(
            legacy.upstream(), candidate.upstream(), new WritePolicy(writes, retryFor)));
  }

  private RawClient.Answer post(String... lines) {
    return send(rig.client(), lines).answer();
  }

  private static RawClient send(RawClient client, String... lines) {
    StringBuilder head = new StringBuilder("POST /orders HTTP/1.1\r\nHost: shop.example\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return client.send(head + "Content-Length: 5\r\n\r\norder");
  }

  private static String key(String head) {
    Matcher key = KEY.matcher(head);
    assertThat(key.find()).as(head).isTrue();
    return key.group(1);
  }

  private void nothingIsHeld() {
    await()
        .until(
            () ->
                rig.facade().shadowsInFlight() == 0
                    && rig.facade().shadowBytes() == 0
                    && rig.facade().writesPending() == 0);
  }

  @Test
  void aDryRunIsMarkedAndAClientCannotMarkOne() {
    ScriptedUpstream module =
        candidate(
            Writes.DRY_RUN, LONG, CREATED, "HTTP/1.1 201 Created\r\nBanyan-Shadow: 1\r\n" + EMPTY);
    post("Banyan-Shadow: 0", "Banyan-Copy: isolated", "Idempotency-Key: mine");

    rig.kept().firstShadow();
    assertThat(module.lastHead())
        .contains("\r\nBanyan-Shadow: 1\r\n", "\r\nIdempotency-Key: mine\r\n")
        .doesNotContain("Banyan-Copy", "Banyan-Shadow: 0");
    assertThat(bodies).containsExactly("order");
    nothingIsHeld();
  }

  @Test
  void aModuleThatGivesNoReceiptOfADryRunGetsNoMore() {
    ScriptedUpstream module = candidate(Writes.DRY_RUN, LONG, CREATED, DONE);
    post();
    await().until(() -> rig.kept().shadowed().size() == 1);
    post();
    await().until(() -> rig.kept().shadowed().size() == 2);

    assertThat(rig.kept().shadowed().get(1))
        .isInstanceOfSatisfying(
            ShadowedExchange.Skipped.class,
            skipped -> assertThat(skipped.reason()).isEqualTo("no-receipt"));
    assertThat(module.heads()).hasSize(1);
  }

  @Test
  void aModuleWithAStoreOfItsOwnCarriesTheCopyOut() {
    ScriptedUpstream module = candidate(Writes.ISOLATED, LONG, CREATED, DONE);
    post();

    rig.kept().firstShadow();
    assertThat(module.lastHead())
        .contains("\r\nBanyan-Copy: isolated\r\n")
        .doesNotContain("Banyan-Shadow", "Idempotency-Key");
  }

  @Test
  void afterLegacyTheWriteIsSentUnderOneKeyUntilItArrives() {
    ScriptedUpstream module =
        candidate(
            Writes.AFTER_SUCCESS,
            LONG,
            CREATED,
            "",
            "HTTP/1.1 503 Service Unavailable\r\n" + EMPTY,
            "HTTP/1.1 409 Conflict\r\nRetry-After: 1\r\n" + EMPTY,
            DONE);
    assertThat(post().body()).isEqualTo("old");

    MirroredWrite write = rig.kept().firstWrite();
    assertThat(write.outcome()).isEqualTo(Outcome.ARRIVED);
    assertThat(write.tries()).isEqualTo(4);
    assertThat(module.heads()).hasSize(4).allMatch(head -> key(head).equals(write.key()));
    assertThat(module.heads())
        .allMatch(head -> head.contains("\r\nBanyan-Copy: after-success\r\n"))
        .noneMatch(head -> head.contains("Banyan-Shadow"));
    assertThat(bodies).hasSize(4).containsOnly("order");
    assertThat(rig.kept().shadowed())
        .singleElement()
        .isInstanceOfSatisfying(
            ShadowedExchange.Pair.class,
            pair ->
                assertThat(pair.candidate())
                    .isInstanceOfSatisfying(
                        Observation.Answered.class,
                        answer -> assertThat(answer.status()).isEqualTo(201)));
    nothingIsHeld();
  }

  @Test
  void twoEqualRequestsAreTwoWritesButForTheClientsOwnKey() {
    ScriptedUpstream module = candidate(Writes.AFTER_SUCCESS, LONG, CREATED, DONE);
    for (String line : new String[] {"X-A: 1", "X-A: 1", "Idempotency-Key: own"}) {
      post(line);
    }
    await().until(() -> rig.kept().written().size() == 3);

    List<String> keys = module.heads().stream().map(WritesIT::key).toList();
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
    ScriptedUpstream module = candidate(Writes.AFTER_SUCCESS, LONG, status + EMPTY, DONE);
    post();

    assertThat(((ShadowedExchange.Skipped) rig.kept().firstShadow()).reason())
        .isEqualTo("not-successful");
    assertThat(module.heads()).isEmpty();
    assertThat(rig.kept().written()).isEmpty();
    nothingIsHeld();
  }

  @Test
  void aRefusalIsFinalAndTold() {
    ScriptedUpstream module =
        candidate(Writes.AFTER_SUCCESS, LONG, CREATED, "HTTP/1.1 422 Unprocessable\r\n" + EMPTY);
    post();

    MirroredWrite write = rig.kept().firstWrite();
    assertThat(write.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(write.reason()).isEqualTo("4xx");
    assertThat(module.heads()).hasSize(1);
    nothingIsHeld();
  }

  @Test
  void whatDoesNotArriveInTimeIsGivenUpAndTold() {
    candidate(Writes.AFTER_SUCCESS, Duration.ofMillis(600), CREATED, "");
    post();

    MirroredWrite write = rig.kept().firstWrite();
    assertThat(write.outcome()).isEqualTo(Outcome.GIVEN_UP);
    assertThat(write.reason()).isEqualTo("reset-before-answer");
    assertThat(write.tries()).isPositive();
    assertThat(((ShadowedExchange.Pair) rig.kept().firstShadow()).candidate())
        .isInstanceOf(Observation.Failed.class);
    nothingIsHeld();
  }

  @Test
  void aClientThatLeavesBeforeTheAnswerLeavesAWholeWriteBehind() {
    ScriptedUpstream legacy =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  line.body(head);
                  rig.awaitOnce();
                  line.write(CREATED);
                }));
    ScriptedUpstream module = answering(DONE);
    rig.serving(
        module,
        Decisions.writing(
            legacy.upstream(), module.upstream(), new WritePolicy(Writes.AFTER_SUCCESS, LONG)));
    RawClient client = send(rig.client());
    await().until(() -> legacy.heads().size() == 1);
    client.vanish();
    await().until(() -> rig.facade().connections() == 0);
    rig.release();

    assertThat(rig.kept().firstWrite().outcome()).isEqualTo(Outcome.ARRIVED);
    assertThat(module.heads()).hasSize(1);
    await().until(() -> rig.facade().requestsInFlight() == 0);
    nothingIsHeld();
  }

  @Test
  void ofALegacyThatDiesUnderTheWriteItIsNotKnownWhetherItWasDone() {
    ScriptedUpstream legacy =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  line.body(head);
                  line.reset();
                }));
    ScriptedUpstream module = answering(DONE);
    rig.serving(
        module,
        Decisions.writing(
            legacy.upstream(), module.upstream(), new WritePolicy(Writes.AFTER_SUCCESS, LONG)));
    assertThat(post().statusLine()).contains("502");

    assertThat(rig.kept().firstWrite().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(module.heads()).isEmpty();
    nothingIsHeld();
  }

  @Test
  void aFacadeThatEndsWaitsForItsWrites() {
    ScriptedUpstream module =
        candidate(
            Writes.AFTER_SUCCESS,
            LONG,
            CREATED,
            "HTTP/1.1 503 Service Unavailable\r\n" + EMPTY,
            "HTTP/1.1 503 Service Unavailable\r\n" + EMPTY,
            DONE);
    post();

    assertThat(rig.facade().drain(Duration.ofSeconds(30))).isZero();

    assertThat(rig.kept().firstWrite().outcome()).isEqualTo(Outcome.ARRIVED);
    assertThat(module.heads()).hasSize(3);
  }

  @Test
  void whatHasNotArrivedWhenTheFacadeEndsIsGivenUp() {
    candidate(Writes.AFTER_SUCCESS, LONG, CREATED, "");
    post();
    rig.facade().drain(Duration.ofMillis(100));
    rig.facade().close();

    MirroredWrite write = rig.kept().firstWrite();
    assertThat(write.outcome()).isEqualTo(Outcome.GIVEN_UP);
    assertThat(write.reason()).isEqualTo("stopped");
    assertThat(rig.kept().written()).hasSize(1);
  }
}
