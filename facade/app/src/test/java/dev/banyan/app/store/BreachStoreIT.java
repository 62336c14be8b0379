package dev.banyan.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.app.database.EmbeddedDatabase;
import dev.banyan.app.database.MigratedStore;
import dev.banyan.migration.WatchState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Replicas that tell each other of breaches by a real PostgreSQL. */
class BreachStoreIT {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");
  private static final WatchState.Breached BREACH =
      new WatchState.Breached(NOON, NOON.plusSeconds(600), List.of("\u0000 too slow"), "first");

  @Test
  void whatOneReplicaSawAndAPersonSaidAtAnotherOneHoldsAtAll(@TempDir Path folder)
      throws IOException, SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      PGSimpleDataSource source = MigratedStore.in(database);
      BreachStore store = new BreachStore(source);
      WatchState acknowledged = BREACH.acknowledge("ada", NOON.plusSeconds(9));

      assertThat(store.exchange(Map.of())).isEmpty();
      assertThat(store.exchange(Map.of("r", BREACH))).isEqualTo(Map.of("r", BREACH));
      assertThat(store.exchange(Map.of("s", BREACH))).containsOnlyKeys("r", "s");
      assertThat(store.exchange(Map.of("r", acknowledged))).containsEntry("r", acknowledged);
      // Who has not heard of it yet undoes nothing.
      assertThat(store.exchange(Map.of("r", BREACH))).containsEntry("r", acknowledged);
      assertThat(store.exchange(Map.of())).containsEntry("r", acknowledged);

      source.setUrl("jdbc:postgresql://127.0.0.1:1/postgres?user=postgres&connectTimeout=1");
      assertThatThrownBy(() -> store.exchange(Map.of())).isInstanceOf(SQLException.class);
    }
  }
}
