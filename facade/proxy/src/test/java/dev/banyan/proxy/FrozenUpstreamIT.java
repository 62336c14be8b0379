package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Observation;
import dev.banyan.proxy.FrozenServer.Speaks;
import dev.banyan.rules.BreakerPolicy;
import dev.banyan.rules.HealthPolicy;
import dev.banyan.rules.RetryPolicy;
import dev.banyan.rules.Share;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import dev.banyan.rules.UpstreamTls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An upstream that stands still before the first byte of TLS or HTTP/2, while TCP goes on. */
final class FrozenUpstreamIT {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration COLD = Duration.ofSeconds(20);
  private static final int AT_ONCE = 20;

  @TempDir private static Path folder;
  private static TestCertificate identity;

  private final Rig rig = new Rig();

  @BeforeAll
  static void identify() throws Exception {
    identity = TestCertificate.make(folder, "localhost");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Upstream of(Speaks speaks, Duration connect, URI... urls) {
    UpstreamTls believed =
        new UpstreamTls(
            Optional.of(identity.certificate().toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Upstream(
            "frozen", List.of(urls), speaks.protocol(), connect, Duration.ofSeconds(10), 64)
        .with(
            UpstreamPolicies.DEFAULT
                .with(speaks == Speaks.H2C ? UpstreamTls.DEFAULT : believed)
                .with(BreakerPolicy.NEVER)
                .with(new RetryPolicy(1, new Share(10_000), Duration.ofMillis(1)))
                .with(
                    new HealthPolicy(
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        3,
                        Duration.ofSeconds(1),
                        new Share(5000),
                        HealthPolicy.InPanic.USE_ALL)));
  }

  /** A server that has just been started takes its time for the first handshake. */
  private void warmUp(Speaks speaks, FrozenServer server) throws Exception {
    Upstream patient = of(speaks, COLD, server.url());
    Rig other = new Rig();
    try {
      other.deciding((head, ticket) -> Decisions.serve(patient));
      assertThat(other.client().get("/").answer().body()).isEqualTo(server.word());
    } finally {
      other.close();
    }
  }

  private String ask() {
    return rig.client().get("/").answer().body();
  }

  @ParameterizedTest
  @EnumSource
  void theOtherUrlServesAndTheFrozenOneComesBackByItself(Speaks speaks) throws Exception {
    try (FrozenServer frozen = new FrozenServer(speaks, identity);
        FrozenServer well = new FrozenServer(speaks, identity)) {
      warmUp(speaks, well);
      frozen.freeze();
      Upstream upstream = of(speaks, CONNECT, frozen.url(), well.url());
      rig.deciding((head, ticket) -> Decisions.serve(upstream));
      for (int i = 0; i < 3 * AT_ONCE; i++) {
        assertThat(ask()).isEqualTo(well.word());
      }
      assertThat(rig.facade().upstreams().getFirst().well()).isEqualTo(1);
      frozen.thaw();
      await().atMost(Duration.ofSeconds(20)).until(() -> ask().equals(frozen.word()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereThereIsNoOtherItIsTheOneToBlameAndComesBackByItself(Speaks speaks) throws Exception {
    try (FrozenServer frozen = new FrozenServer(speaks, identity)) {
      frozen.freeze();
      Upstream upstream = of(speaks, CONNECT, frozen.url());
      rig.deciding((head, ticket) -> Decisions.serve(upstream));
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        clients.add(rig.client().get("/"));
      }
      for (RawClient client : clients) {
        assertThat(client.answer().body()).contains("\"failure\":\"connect-timeout\"");
      }
      frozen.thaw();
      await().atMost(Duration.ofSeconds(20)).until(() -> ask().equals(frozen.word()));
    }
    assertThat(rig.kept().served().stream().map(ServedExchange::control))
        .noneMatch(
            control ->
                control instanceof Observation.Failed failed
                    && failed.failure().equals("pool-full"));
  }
}
