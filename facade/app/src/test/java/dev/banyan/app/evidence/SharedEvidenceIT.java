package dev.banyan.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.database.EmbeddedDatabase;
import dev.banyan.app.database.MigratedStore;
import dev.banyan.migration.Evidence;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.MergedEvidence;
import dev.banyan.migration.MergedEvidence.Life;
import dev.banyan.migration.MergedEvidence.Reach;
import dev.banyan.migration.Sighting;
import dev.banyan.parity.Comparison;
import dev.banyan.rules.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Replicas that share their evidence by a real PostgreSQL. */
class SharedEvidenceIT {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static EmbeddedDatabase database;

  private final PGSimpleDataSource store = new PGSimpleDataSource();

  @BeforeAll
  static void startDatabase(@TempDir Path folder) throws IOException {
    database = EmbeddedDatabase.in(folder);
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @BeforeEach
  void emptySchema() throws SQLException, IOException {
    MigratedStore.anew(store, database);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = store.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One process. */
  private final class Replica {
    final EvidenceWindows windows = new EvidenceWindows(InstantSource.fixed(NOON));
    final SharedEvidence shared;

    Replica(String id) {
      shared = new SharedEvidence(windows, store, id);
      windows.under("d1");
      windows.follow(Map.of("r", new Stage.Shadow()), 1);
    }

    Replica saw(String version, int matches, int mismatches) {
      Sighting seen = new Sighting(Optional.of(version), List.of("GET 2xx"));
      for (int i = 0; i < matches; i++) {
        windows.compared("r", new Comparison.Match(), seen);
      }
      for (int i = 0; i < mismatches; i++) {
        windows.compared("r", new Comparison.Mismatch(List.of()), seen);
      }
      return this;
    }

    /** What the process does every two seconds. */
    void round() throws SQLException {
      execute(
          "insert into banyan.replica (id, revision) values ('"
              + shared.self()
              + "', 1) on conflict (id) do update set seen = now()");
      EvidenceRow row = shared.own().row("r").orElseThrow();
      shared.store().write(List.of(row));
      shared.refresh(Map.of("r", row.key().step()));
    }
  }

  @Test
  void anyReplicaJudgesWhatAllHaveSeenHoweverOftenItIsWritten() throws Exception {
    Replica first = new Replica("first").saw("v1", 30, 1);
    Replica second = new Replica("second").saw("v1", 20, 0);
    Replica third = new Replica("third");
    for (int i = 0; i < 3; i++) {
      first.round();
      second.round();
    }
    third.round();

    for (Replica one : List.of(first, second, third)) {
      assertThat(one.shared.of("r").sum().compared()).isEqualTo(51);
      assertThat(one.shared.of("r").reach()).isEqualTo(Reach.ALL_REPLICAS);
    }
    assertThat(third.shared.shown("r").sum().mismatched()).isEqualTo(1);
    assertThat(third.shared.shown("r").parts()).hasSize(3);
  }

  @Test
  void whatAKilledReplicaHasWrittenIsAddedToWhatItSeesFromThenOn() throws Exception {
    new Replica("before").saw("v1", 30, 0).round();
    execute("update banyan.replica set seen = now() - interval '1 minute'");
    Replica restarted = new Replica("after").saw("v1", 12, 0);

    MergedEvidence merged = restarted.shared.of("r");

    assertThat(merged.sum().compared()).isEqualTo(42);
    assertThat(merged.parts()).extracting(part -> part.from().life()).contains(Life.GONE);
    assertThat(merged.sum().shapes().get("GET 2xx").compared()).isEqualTo(42);
  }

  @Test
  void aSnapshotThatWasHeldUpDoesNotReplaceALaterOne() throws Exception {
    Replica replica = new Replica("first").saw("v1", 30, 0);
    EvidenceRow heldUp = replica.shared.own().row("r").orElseThrow();
    replica.saw("v1", 12, 0).round();

    replica.shared.store().write(List.of(heldUp));

    assertThat(replica.shared.of("r").sum().compared()).isEqualTo(42);
  }

  @Test
  void evidenceOfAnotherStepOrOtherRulesIsNotAdded() throws Exception {
    Replica first = new Replica("first").saw("v1", 30, 0);
    first.round();
    Replica second = new Replica("second").saw("v1", 12, 0);
    second.windows.under("d2");
    assertThat(second.shared.of("r").sum().compared()).isEqualTo(12);

    second.windows.under("d1");
    second.windows.follow(Map.of("r", new Stage.Live()), 2);
    assertThat(second.shared.of("r").sum().compared()).isZero();
  }

  /** One has caught up entry by entry, the other one in one go, with another route's entry. */
  @Test
  void replicasThatCameToAStepByAnotherWayAreInTheSameStep() throws Exception {
    execute(
        "insert into banyan.ledger (revision, at, route_id, from_stage, to_stage, who, why, verdict,"
            + " rules_digest, previous_hash, hash) values"
            + " (1, now(), 'r', 'legacy', 'shadow', 'ada', '', '', 'd1', 'a', 'b'),"
            + " (2, now(), 'other', 'legacy', 'shadow', 'ada', '', '', 'd1', 'b', 'c')");
    Replica first = new Replica("first").saw("v1", 30, 0);
    first.round();
    EvidenceWindows late = new EvidenceWindows(InstantSource.fixed(NOON));
    late.under("d1");
    late.follow(Map.of("r", new Stage.Shadow()), 2);

    Evidence sum = new SharedEvidence(late, store, "second").of("r").sum();

    assertThat(sum.compared()).isEqualTo(30);
  }

  @Test
  void withoutTheDatabaseAReplicaGoesOnWithItsOwnEvidenceAndSaysSo() throws Exception {
    Replica first = new Replica("first").saw("v1", 30, 0);
    new Replica("second").saw("v1", 20, 0).round();
    first.round();
    assertThat(first.shared.shown("r").sum().compared()).isEqualTo(50);
    String url = store.getUrl();

    store.setUrl("jdbc:postgresql://127.0.0.1:1/postgres?user=postgres&connectTimeout=1");
    first.shared.lost();
    first.saw("v1", 5, 0);

    assertThat(first.shared.shown("r").reach()).isEqualTo(Reach.OWN_ONLY);
    assertThat(first.shared.shown("r").sum().compared()).isEqualTo(35);
    assertThat(first.shared.of("r").reach()).isEqualTo(Reach.OWN_ONLY);
    assertThat(first.shared.of("r").reach().text()).isEqualTo("own evidence only");

    store.setUrl(url);
    first.round();
    assertThat(first.shared.of("r").sum().compared()).isEqualTo(55);
  }

  @Test
  void stepsThatAreOverGoAndSoDoTheOldestOfTooManyStarts() throws Exception {
    for (int i = 0; i < EvidenceStore.REPLICAS_OF_A_STEP + 5; i++) {
      new Replica("start-" + i).saw("v1", 1, 0).round();
    }
    Replica last = new Replica("last");
    last.round();
    String step = last.shared.own().row("r").orElseThrow().key().step();

    last.shared.store().forget(Map.of("r", step));
    assertThat(rows()).isEqualTo(EvidenceStore.REPLICAS_OF_A_STEP);

    execute("update banyan.evidence set written = now() - interval '2 hours'");
    last.shared.store().forget(Map.of("r", step));
    assertThat(rows()).isEqualTo(EvidenceStore.REPLICAS_OF_A_STEP);
    last.shared.store().forget(Map.of("r", "another"));
    assertThat(rows()).isZero();
  }

  private int rows() throws SQLException {
    try (Connection connection = store.getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from banyan.evidence")) {
      row.next();
      return row.getInt(1);
    }
  }
}
