package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Observation;
import dev.banyan.rules.BreakerPolicy;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection of HTTP/2 that carries nothing any more, and whose ends are not told. */
final class DeadConnectionIT {
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final Rig rig = new Rig();
  private final Vertx vertx = Vertx.vertx();
  private StallingRelay relay;

  @BeforeEach
  void open() throws Exception {
    int port =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end("ok"))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
    relay = new StallingRelay(port);
  }

  @AfterEach
  void close() throws Exception {
    relay.close();
    rig.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Upstream behindTheRelay() {
    return new Upstream(
            "far",
            List.of(relay.url()),
            Upstream.Protocol.HTTP2,
            Duration.ofSeconds(2),
            PATIENCE,
            8)
        .with(UpstreamPolicies.DEFAULT.with(BreakerPolicy.NEVER));
  }

  @Test
  void requestsThatWaitInVainHaveItGivenUp() {
    Upstream far = behindTheRelay();
    rig.deciding((head, ticket) -> Decisions.serve(far));
    RawClient client = rig.client();
    assertThat(client.get("/").answer().body()).isEqualTo("ok");
    relay.stall();
    assertThat(client.get("/").answer().statusLine()).startsWith("HTTP/1.1 504");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> client.get("/").answer().body().equals("ok"));
  }

  @Test
  void copiesThatWaitInVainHaveItGivenUp() {
    ScriptedUpstream control =
        rig.beside(ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    Upstream far = behindTheRelay();
    rig.deciding(
        (head, ticket) ->
            Decisions.shadowed(control.upstream(), far, Decisions.policy(PATIENCE, 100)));
    RawClient client = rig.client();
    assertThat(client.get("/").answer().body()).isEqualTo("ok");
    rig.kept().firstShadow();
    relay.stall();
    int before = rig.kept().shadowed().size();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              client.get("/").answer();
              return rig.kept().shadowed().stream()
                  .skip(before)
                  .anyMatch(DeadConnectionIT::isAnswered);
            });
  }

  private static boolean isAnswered(ShadowedExchange shadowed) {
    return shadowed instanceof ShadowedExchange.Pair pair
        && pair.candidate() instanceof Observation.Answered;
  }
}
