package dev.banyan.app.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.app.database.EmbeddedDatabase;
import dev.banyan.app.database.MigratedStore;
import dev.banyan.migration.Ledger;
import dev.banyan.migration.LedgerContract;
import dev.banyan.migration.StageChange;
import dev.banyan.rules.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The ledger port's contract on a real PostgreSQL. */
class PostgresLedgerIT extends LedgerContract {
  private static EmbeddedDatabase database;

  private final PGSimpleDataSource store = new PGSimpleDataSource();
  private final PostgresLedger ledger = new PostgresLedger(store, Clock.systemUTC());

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

  @Override
  protected Ledger ledger() {
    return ledger;
  }

  @Override
  protected void makeUnavailable() {
    store.setUrl("jdbc:postgresql://127.0.0.1:1/postgres?user=postgres&connectTimeout=1");
  }

  @Test
  void noLineCanBeChangedRemovedOrEmptied() throws Exception {
    ledger.append(
        new StageChange(
            "r",
            new Stage.Legacy(),
            new Stage.Shadow(),
            "ada",
            "",
            "not judged",
            Optional.empty(),
            "d"),
        0);

    for (String attack :
        new String[] {
          "update banyan.ledger set who = 'eve'",
          "delete from banyan.ledger",
          "truncate banyan.ledger"
        }) {
      assertThatThrownBy(() -> execute(attack)).hasMessageContaining("append-only");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = store.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
