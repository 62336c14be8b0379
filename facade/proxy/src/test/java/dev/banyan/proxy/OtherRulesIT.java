package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSetReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What follows the rules while the facade runs: which upstreams are seen, and who gets files. */
final class OtherRulesIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Logger log = Logger.getLogger(FileShares.class.getName());
  private final Handler kept =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          warnings.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final AtomicReference<RoutingTable> table = new AtomicReference<>();
  private ScriptedUpstream upstream;
  private FacadeServer facade;

  @BeforeEach
  void startUpstream() {
    log.addHandler(kept);
    upstream = ScriptedUpstream.answering(OK);
    parts.add(upstream);
    table.set(table("connections: 10"));
  }

  @AfterEach
  void stop() throws Exception {
    log.removeHandler(kept);
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
  }

  @Test
  void anUpstreamWhoseRuleChangedIsSeenOnceAndAsItIsNow() {
    facade = start(0);
    served();
    assertThat(facade.upstreams()).singleElement().satisfies(one -> assertThat(one.urls()).isOne());
    String url = upstream.upstream().urls().getFirst().toString();

    table.set(table("urls: [%s, %s]".formatted(url, url.replace("127.0.0.1", "localhost"))));
    served();

    assertThat(facade.upstreams())
        .singleElement()
        .satisfies(one -> assertThat(one.urls()).isEqualTo(2));
  }

  @Test
  void clientsGiveWayToLargerPools() {
    facade = start(0);
    int before = facade.connectionLimit();

    table.set(table("connections: 110"));

    await().until(() -> facade.connectionLimit() == before - 100);
    assertThat(warnings).isEmpty();
    served();
  }

  @Test
  void theLogSaysOnceForEachRuleSetThatFilesAreTooFewAndNobodyIsRefused() {
    assumeTrue(Files.exists(Path.of("/proc/self/limits")), "/proc: wanted");
    facade = start(Integer.MAX_VALUE);
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("open files: ")
        .contains("2147483647 connections of clients, 10 to upstreams", "ulimit -n");

    table.set(table("connections: 20"));

    await().until(() -> warnings.size() == 2);
    assertThat(warnings.getLast()).contains("20 to upstreams");
    assertThat(facade.connectionLimit()).isEqualTo(Integer.MAX_VALUE);
    served();
  }

  private FacadeServer start(int connections) {
    FacadeServer started =
        FacadeServer.start(settings(connections), table::get, new KeptExchanges());
    parts.add(started);
    return started;
  }

  private void served() {
    try (RawClient client = new RawClient(facade.port())) {
      assertThat(client.get("/").answer().body()).isEqualTo("ok");
    }
  }

  private static FacadeSettings settings(int connections) {
    EdgeLimits standard = EdgeLimits.STANDARD;
    EdgeLimits limits =
        new EdgeLimits(
            standard.line(),
            standard.headerBytes(),
            standard.headers(),
            standard.body(),
            standard.headWithin(),
            standard.minimumRate(),
            standard.rateGrace(),
            connections,
            standard.connectionsPerAddress(),
            standard.proxyProtocol());
    return new FacadeSettings(
        "127.0.0.1", 0, 1, Duration.ofSeconds(30), 64, 1 << 20, List.of(), limits);
  }

  private RoutingTable table(String more) {
    String url = more.startsWith("urls") ? "" : "url: " + upstream.upstream().urls().getFirst();
    String text =
        """
        version: 1
        upstreams:
          legacy: { %s%s }
        routes:
          - { id: all, match: { path: /** }, legacy: legacy }
        """
            .formatted(url.isEmpty() ? "" : url + ", ", more);
    ReadResult read = RuleSetReader.read("rules.yaml", text);
    assertThat(read).isInstanceOf(ReadResult.Accepted.class);
    return RoutingTable.compile(((ReadResult.Accepted) read).rules(), Map.of(), Set.of(), 1);
  }
}
