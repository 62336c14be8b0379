package dev.banyan.proxy.badrequests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.proxy.ExchangeSink;
import dev.banyan.proxy.FacadeServer;
import dev.banyan.proxy.FacadeSettings;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange;
import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every odd request and answer that is known is refused or carried as docs/reference/edge.md says.
 */
final class BadRequestsIT {
  private static final int LANES = 12;
  private static final int CANARIES = 2;
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:%d, timeout: 3s }
      routes:
        - { id: denied, match: { path: /denied/** }, refuse: 403 }
        - { id: all, match: { path: /** }, legacy: legacy }
      """;

  private static final List<Judgement> JUDGED = new CopyOnWriteArrayList<>();
  private static final OddRequestTable WRITTEN = OddRequestTable.read();

  private record Lane(StrictUpstream upstream, FacadeServer facade) {}

  @BeforeAll
  static void sendThemAll(@TempDir Path folder) throws Exception {
    Queue<Case> left = new ConcurrentLinkedQueue<>(Case.all());
    List<Thread> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      Lane lane = open(folder.resolve("rules" + i + ".yaml"));
      lanes.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (Case one = left.poll(); one != null; one = left.poll()) {
                      JUDGED.add(judge(lane, one));
                    }
                    lane.upstream().close();
                    lane.facade().close();
                  }));
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    report();
  }

  /** All of it in one place, for people. */
  private static void report() throws IOException {
    List<String> lines = new ArrayList<>();
    JUDGED.forEach(j -> lines.add(j.of() + "\t" + j.outcome() + "\t" + j.wrong()));
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/bad-requests.txt"), lines.stream().sorted().toList());
  }

  private static Lane open(Path file) throws IOException {
    StrictUpstream upstream = new StrictUpstream();
    Files.writeString(file, RULES.formatted(upstream.port()));
    if (!(RuleSetReader.read(file) instanceof ReadResult.Accepted accepted)) {
      throw new IllegalStateException("rules: rejected (expected: read)");
    }
    RoutingTable table = RoutingTable.compile(accepted.rules(), Map.of(), Set.of(), 0);
    FacadeSettings settings =
        new FacadeSettings(
            "127.0.0.1", 0, 1, Duration.ofSeconds(30), 1, 1, List.of(), EdgeLimits.STANDARD);
    return new Lane(upstream, FacadeServer.start(settings, () -> table, new Deaf()));
  }

  private static Judgement judge(Lane lane, Case one) {
    lane.upstream().expect(one);
    int port = lane.facade().port();
    Heard heard = Talk.with(port, one.parts(), one.method());
    if (!one.answer().isEmpty()) {
      // What a bad upstream adds to its answer reaches an idle connection a little later.
      Talk.pause(200);
    }
    String canary = "";
    for (int i = 0; i < CANARIES; i++) {
      String target = "/canary/" + one.id() + "/" + i;
      String get = "GET " + target + " HTTP/1.1\r\nHost: h.test\r\nConnection: close\r\n\r\n";
      Heard answer = Talk.with(port, List.of(new Case.Step.Write(get)), "GET");
      boolean own =
          answer.last().size() == 1
              && answer.last().getFirst().status() == 200
              && answer.last().getFirst().body().equals("target=" + target);
      canary = own ? canary : answer.toString();
    }
    return Judgement.of(one, lane.upstream().requests(), lane.upstream().errors(), heard, canary);
  }

  @TestFactory
  Stream<DynamicTest> eachOddRequestIsRefusedOrCarriedUnchanged() {
    return JUDGED.stream()
        .map(judged -> DynamicTest.dynamicTest(judged.of().toString(), () -> holds(judged)));
  }

  private static void holds(Judgement judged) {
    String id = judged.of().id();
    if (WRITTEN.settled().contains(id)) {
      assertThat(judged.wrong()).as("%s differs no more: take (meant) away", id).isNotEmpty();
    } else {
      assertThat(judged.wrong()).as("%s, which was: %s", id, judged.outcome()).isEmpty();
    }
    assertThat(WRITTEN.outcomes()).as("cases in docs/reference/edge.md").containsKey(id);
    assertThat(WRITTEN.outcomes().get(id))
        .as("what is written of %s", id)
        .contains(judged.outcome());
  }

  @Test
  void noRowOfTheTableIsAboutACaseThatThereIsNot() {
    List<String> known = JUDGED.stream().map(judged -> judged.of().id()).toList();
    assertThat(known).hasSizeGreaterThan(200);
    assertThat(WRITTEN.outcomes().keySet()).containsExactlyInAnyOrderElementsOf(known);
  }

  /** Wants to hear of nothing. */
  private static final class Deaf implements ExchangeSink {
    @Override
    public void served(ServedExchange exchange) {}

    @Override
    public void shadowed(ShadowedExchange exchange) {}
  }
}
