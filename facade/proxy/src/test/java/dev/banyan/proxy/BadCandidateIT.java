package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Observation;
import dev.banyan.rules.Upstream;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link BadUpstreamIT} does to the live side, done by a candidate: it fails by the same word,
 * and the client is served.
 */
final class BadCandidateIT {
  private static final String LIVE = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  static Stream<BadUpstreamIT.Bad> http1() {
    return BadUpstreamIT.http1();
  }

  static Stream<BadUpstreamIT.Bad> http2() {
    return BadUpstreamIT.http2();
  }

  @ParameterizedTest
  @MethodSource("http1")
  void overHttp1ItIsToldAsWhatItIs(BadUpstreamIT.Bad bad) {
    ScriptedUpstream candidate = rig.beside(new ScriptedUpstream(bad.script()));
    isTold(bad, candidate.upstream());
  }

  @ParameterizedTest
  @MethodSource("http2")
  void overHttp2ItIsToldAsWhatItIs(BadUpstreamIT.Bad bad) {
    ScriptedUpstream candidate = rig.beside(new ScriptedUpstream(bad.script()));
    isTold(bad, candidate.http2(Duration.ofSeconds(10)));
  }

  private void isTold(BadUpstreamIT.Bad bad, Upstream candidate) {
    ScriptedUpstream control = ScriptedUpstream.answering(LIVE);
    rig.serving(
        control,
        Decisions.shadowed(
            control.upstream(), candidate, Decisions.policy(Duration.ofSeconds(2), 1 << 20)));
    assertThat(rig.client().get("/").answer().body()).isEqualTo("old");

    Observation seen = ((ShadowedExchange.Pair) rig.kept().firstShadow()).candidate();
    // A copy has one deadline, for all of its answer.
    String word = bad.name().equals("a body that stops") ? "answer-timeout" : bad.failure();
    assertThat(seen instanceof Observation.Failed failed ? failed.failure() : "none")
        .isEqualTo(word);
    await().until(() -> rig.facade().shadowsInFlight() == 0 && rig.facade().shadowBytes() == 0);
  }
}
