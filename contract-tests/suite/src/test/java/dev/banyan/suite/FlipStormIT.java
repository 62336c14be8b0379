package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.suite.StoppableDatabase.Stop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three facades on one PostgreSQL, 200 requests a second across them: flips and rollbacks at
 * random, replicas killed and started, PostgreSQL stopped. No request fails, as a client behind a
 * {@link LoadBalancer} sees it; none is served by a side that its replica's revision did not name;
 * all replicas converge to the ledger; the chain holds.
 *
 * <p>Sixty flips here; {@code -Dbanyan.flips=500} makes it the whole storm, {@code -Dbanyan.seed}
 * another one. Times are printed and, but for generous limits, not judged: other builds may run
 * beside.
 */
class FlipStormIT {
  private static final int FLIPS = Integer.getInteger("banyan.flips", 60);
  private static final long SEED = Long.getLong("banyan.seed", 20261121);
  private static final int ROUTES = 8;
  private static final int PER_SECOND = 200;
  private static final int FLIPS_PER_KILL = 40;
  private static final List<Stop> STOPS =
      FLIPS < 200 ? List.of(Stop.FAST) : List.of(Stop.FAST, Stop.IMMEDIATE);

  @Test
  void noRequestFailsAndNoneIsServedByASideThatItsRevisionDidNotName(@TempDir Path folder)
      throws Exception {
    try (NamedUpstream legacy = new NamedUpstream("legacy");
        NamedUpstream migrated = new NamedUpstream("migrated");
        StoppableDatabase database = new StoppableDatabase(folder.resolve("postgres"))) {
      String rules = rules(legacy.port(), migrated.port());
      List<Replica> replicas = new ArrayList<>();
      try {
        for (String name : List.of("one", "two", "three")) {
          replicas.add(Replica.start(folder, name, rules, database));
        }
        storm(folder, replicas, database);
      } finally {
        replicas.forEach(Replica::close);
      }
    }
  }

  private static void storm(Path folder, List<Replica> replicas, StoppableDatabase database)
      throws Exception {
    RandomFlips flips = new RandomFlips(replicas, ROUTES, SEED);
    FlipStorm storm = new FlipStorm(replicas, database, flips, SEED);
    try (LoadBalancer balancer = new LoadBalancer(replicas)) {
      SteadyLoad load = new SteadyLoad(balancer, PER_SECOND, ROUTES);
      load.start();
      try {
        storm.run(new FlipStorm.Plan(FLIPS, Math.max(1, FLIPS / FLIPS_PER_KILL), STOPS));
      } finally {
        load.end();
      }

      LedgerContent ledger = database.ledger();
      for (Replica replica : replicas) {
        assertThat(verifies(folder, replica)).as(replica.name()).isZero();
        JsonNode chain = replica.facade().read("/api/v1/ledger/verification");
        assertThat(chain.path("intact").asBoolean()).as(chain.toString()).isTrue();
        assertThat(chain.path("entries").asLong()).isEqualTo(ledger.revision());
      }
      assertNobodyWaitsForOneThatEnds(replicas.getLast(), replicas.getFirst());
      replicas.forEach(Replica::close); // Their last access lines are written.
      SidesServed sides = new SidesServed(ledger, flips.rollbacks());
      sides.check(replicas, load);
      print(load, balancer, flips, storm, sides);

      assertThat(load.failed()).isEmpty();
      assertThat(load.served()).hasSize(load.sent());
      assertThat(sides.wrong()).isEmpty();
      assertThat(flips.unforeseen()).isEmpty();
      assertAllAreWritten(flips, ledger);
    }
  }

  /** Those that were killed stay listed for a while, as nobody knows whether they live. */
  private static void assertNobodyWaitsForOneThatEnds(Replica ending, Replica other)
      throws Exception {
    String id = ending.facade().read("/api/v1/replicas").path("self").asText();
    ending.close();
    assertThat(other.facade().read("/api/v1/replicas").path("replicas"))
        .isNotEmpty()
        .noneMatch(one -> one.path("id").asText().equals(id));
  }

  /** What was answered with a revision is there, as it was answered. */
  private static void assertAllAreWritten(RandomFlips flips, LedgerContent ledger) {
    for (RandomFlips.Accepted one : flips.accepted()) {
      LedgerContent.Entry entry = ledger.entries().get(Math.toIntExact(one.revision() - 1));
      assertThat(entry.route()).isEqualTo(one.route());
      assertThat(entry.to()).isEqualTo(one.to());
    }
  }

  /** The exit code of {@code banyan history --verify}. */
  private static int verifies(Path folder, Replica replica) throws Exception {
    Process command =
        Processes.start(
            Processes.jar("facade/cli/target/banyan-cli-0.1.0-SNAPSHOT-run.jar"),
            folder.resolve("verify.out"),
            List.of(
                "history",
                "--verify",
                "--data",
                folder.resolve(replica.name()).resolve("data").toString()));
    return command.waitFor(60, TimeUnit.SECONDS) ? command.exitValue() : -1;
  }

  private static void print(
      SteadyLoad load,
      LoadBalancer balancer,
      RandomFlips flips,
      FlipStorm storm,
      SidesServed sides) {
    Durations answers = new Durations();
    load.served().values().forEach(served -> answers.add(served.millis()));
    System.out.printf(
        """
        flip storm, seed %d:
          %s
          %s
          requests: %d, %d failed, %d tried again at another replica after a kill; answered after %s
          %s
          %s
        """,
        SEED,
        flips,
        storm,
        load.sent(),
        load.failed().size(),
        balancer.triedAgain(),
        answers,
        sides,
        storm.confirmations());
  }

  private static String rules(int legacy, int migrated) {
    StringBuilder rules =
        new StringBuilder(
            """
            version: 1
            upstreams:
              legacy: { url: http://127.0.0.1:%d }
              migrated: { url: http://127.0.0.1:%d }
            routes:
            """
                .formatted(legacy, migrated));
    for (int i = 0; i < ROUTES; i++) {
      rules.append(
          """
            - id: r%1$d
              match: { path: /r%1$d/** }
              legacy: legacy
              migrated: migrated
              budget: { p95: 1m } # that this machine is slow is no breach
              gate: { mismatches: 100%% }
              canary: { sticky: { header: X-Client } }
          """
              .formatted(i));
    }
    return rules.toString();
  }
}
