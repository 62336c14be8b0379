package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Decision.Baseline;
import dev.banyan.rules.NoisePolicy;
import dev.banyan.rules.ShadowPolicy;
import dev.banyan.rules.ShadowPolicy.Credentials;
import dev.banyan.rules.Share;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that legacy answered are sent to it once more; the client's answer never notices. */
final class RepeatIT {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int NO_LIMIT = 1_000_000;

  private final Rig rig = new Rig();
  private final AtomicInteger answers = new AtomicInteger();
  private ScriptedUpstream legacy;
  private ScriptedUpstream candidate;

  @AfterEach
  void close() {
    rig.close();
  }

  private void facade(NoisePolicy noise, Credentials credentials, ScriptedUpstream.Script again) {
    legacy =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  if (head.contains("Banyan-Shadow: 1")) {
                    again.play(line, head);
                  } else {
                    line.body(head);
                    answer(line, head);
                  }
                }));
    candidate =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  line.body(head);
                  answer(line, head);
                }));
    ShadowPolicy policy =
        new ShadowPolicy(
            Share.ALL,
            java.util.Set.of("GET", "HEAD", "POST"),
            credentials,
            Duration.ofSeconds(20),
            1 << 16);
    rig.deciding(
        (head, ticket) ->
            Decisions.repeated(
                legacy.upstream(),
                candidate.upstream(),
                policy,
                new Baseline(legacy.upstream(), noise)));
  }

  private void answer(ScriptedUpstream.Line line, String head) throws java.io.IOException {
    String body = "n%03d".formatted(answers.incrementAndGet());
    line.write(
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + (head.startsWith("HEAD") ? "" : body));
  }

  private static NoisePolicy noise(Share share, int requests, Duration period) {
    return new NoisePolicy(share, requests, period, Optional.empty());
  }

  private String get(String... lines) {
    return rig.client().get("/orders/1?a=b", lines).answer().body();
  }

  private List<String> dropped() {
    return rig.kept().repeated().stream()
        .filter(RepeatedExchange.Dropped.class::isInstance)
        .map(one -> ((RepeatedExchange.Dropped) one).reason())
        .toList();
  }

  private long repeatsAtLegacy() {
    return legacy.heads().stream().filter(head -> head.contains("Banyan-Shadow: 1")).count();
  }

  private void nothingIsHeld() {
    await().until(() -> rig.facade().shadowsInFlight() == 0 && rig.facade().shadowBytes() == 0);
  }

  private static String text(Observation observation) {
    Body.Whole body = (Body.Whole) ((Observation.Answered) observation).body();
    return new String(body.bytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void legacyIsAskedTheSameOnceMoreAndBothOfItsAnswersAreSeen() {
    facade(noise(Share.ALL, NO_LIMIT, SECOND), Credentials.DROP, this::answer);

    String live = get("X-Kept: 1");

    await().until(() -> rig.kept().repeated().size() == 1);
    RepeatedExchange.Pair pair = (RepeatedExchange.Pair) rig.kept().repeated().getFirst();
    assertThat(text(pair.first())).isEqualTo(live);
    assertThat(text(pair.again())).isNotEqualTo(live).startsWith("n");
    assertThat(pair.request().target()).isEqualTo("/orders/1?a=b");
    assertThat(legacy.heads()).hasSize(2);
    assertThat(legacy.lastHead())
        .startsWith("GET /orders/1?a=b HTTP/1.1\r\nHost: shop.example\r\n")
        .contains("\r\nX-Kept: 1\r\n");
    await().until(() -> rig.kept().shadowed().size() == 1);
    assertThat(rig.kept().firstShadow()).isInstanceOf(ShadowedExchange.Pair.class);
    nothingIsHeld();
  }

  @Test
  void noMoreAreSentThanTheRateAllows() {
    facade(noise(Share.ALL, 1, Duration.ofHours(1)), Credentials.DROP, this::answer);

    for (int i = 0; i < 20; i++) {
      get();
    }

    await().until(() -> rig.kept().repeated().size() == 20);
    assertThat(repeatsAtLegacy()).isEqualTo(1);
    assertThat(dropped()).hasSize(19).containsOnly("rate");
    await().until(() -> rig.kept().shadowed().size() == 20);
    nothingIsHeld();
  }

  @Test
  void aShareOfNothingRepeatsNothing() {
    facade(noise(Share.NONE, NO_LIMIT, SECOND), Credentials.DROP, this::answer);

    get();

    await().until(() -> rig.kept().shadowed().size() == 1);
    assertThat(rig.kept().repeated()).isEmpty();
    assertThat(legacy.heads()).hasSize(1);
  }

  @Test
  void whatMayChangeSomethingIsNeverSentAgain() {
    facade(noise(Share.ALL, NO_LIMIT, SECOND), Credentials.DROP, this::answer);

    rig.client()
        .send("POST /orders HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\n\r\n")
        .answer();

    await().until(() -> rig.kept().shadowed().size() == 1);
    assertThat(rig.kept().repeated()).isEmpty();
    assertThat(legacy.heads()).hasSize(1);
  }

  @Test
  void aRequestThatAsksForAnotherMethodIsNeverSentAgain() {
    facade(noise(Share.ALL, NO_LIMIT, SECOND), Credentials.DROP, this::answer);

    get("X-HTTP-Method-Override: DELETE");
    get("X-HTTP-Method: GET");
    get("X-Method-Override:");

    await().until(() -> rig.kept().shadowed().size() == 3);
    assertThat(rig.kept().repeated()).isEmpty();
    assertThat(legacy.heads()).hasSize(3);
  }

  @Test
  void aRequestWithCredentialsIsSentAgainOnlyWhereCopiesMayCarryThem() {
    facade(noise(Share.ALL, NO_LIMIT, SECOND), Credentials.DROP, this::answer);

    get("Cookie: ASP.NET_SessionId=1");

    await().until(() -> rig.kept().repeated().size() == 1);
    assertThat(dropped()).containsExactly("credentials");
    assertThat(repeatsAtLegacy()).isZero();
  }

  @Test
  void whereCopiesMayCarryCredentialsTheRepeatDoes() {
    facade(noise(Share.ALL, NO_LIMIT, SECOND), Credentials.FORWARD, this::answer);

    get("Cookie: ASP.NET_SessionId=1");

    await().until(() -> rig.kept().repeated().size() == 1);
    assertThat(legacy.lastHead()).contains("Cookie: ASP.NET_SessionId=1");
  }

  @Test
  void aLegacyThatHangsOnRepeatsAnswersItsClientsAndTheCandidateIsStillSeen() {
    facade(noise(Share.ALL, NO_LIMIT, SECOND), Credentials.DROP, (line, head) -> line.untilLeft());

    for (int i = 0; i < 30; i++) {
      assertThat(get()).startsWith("n");
    }

    // Every repeat hangs for the 20 seconds that a copy may take; nobody waited for one.
    await().until(() -> rig.kept().shadowed().size() == 30);
    assertThat(rig.kept().shadowed()).allMatch(ShadowedExchange.Pair.class::isInstance);
    assertThat(rig.kept().repeated().stream().filter(RepeatedExchange.Pair.class::isInstance))
        .isEmpty();
    assertThat(repeatsAtLegacy()).isPositive();
  }

  @Test
  void aRepeatThatIsResetIsAFailedObservation() {
    facade(noise(Share.ALL, NO_LIMIT, SECOND), Credentials.DROP, (line, head) -> line.reset());

    assertThat(get()).startsWith("n");

    await().until(() -> rig.kept().repeated().size() == 1);
    RepeatedExchange.Pair pair = (RepeatedExchange.Pair) rig.kept().repeated().getFirst();
    assertThat(pair.again()).isInstanceOf(Observation.Failed.class);
    nothingIsHeld();
  }
}
