package dev.banyan.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the brought-along PostgreSQL owes a ledger: keeping, privacy and coming back. */
class EmbeddedDatabaseIT {

  @Test
  void itWritesThroughAndLetsNobodyInWithoutThePassword(@TempDir Path folder) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      assertThat(ask(database, "show fsync")).isEqualTo("on");
      assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
      for (String guess : List.of("", "postgres")) {
        assertThatThrownBy(
                () -> DriverManager.getConnection(database.jdbcUrl(), "postgres", guess).close())
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password");
      }
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("database-password"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> EmbeddedDatabase.in(folder))
          .hasMessageContaining("no running facade");
    }
  }

  @Test
  void itComesBackByItselfAndKeepsWhatWasCommitted(@TempDir Path folder) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      tell(database, "create table kept (n int)");
      tell(database, "insert into kept values (7)");

      ProcessHandle.of(postmaster(folder)).orElseThrow().destroyForcibly();

      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .ignoreExceptions()
          .until(() -> ask(database, "select n from kept").equals("7"));
    }
    assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
  }

  @Test
  void thePidOfAnotherProcessIsNeitherStoppedNorInTheWay(@TempDir Path folder) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder.resolve("first"))) {
      tell(database, "create table kept (n int)");
    }
    try (EmbeddedDatabase other = EmbeddedDatabase.in(folder.resolve("other"))) {
      // As after a reboot: the number of the first one's postmaster belongs to the other's.
      Path pidFile = folder.resolve("first/postgres/postmaster.pid");
      Files.write(
          pidFile,
          List.of(
              Long.toString(postmaster(folder.resolve("other"))),
              folder.resolve("first/postgres").toString(),
              "1"));

      try (EmbeddedDatabase again = EmbeddedDatabase.in(folder.resolve("first"))) {
        assertThat(ask(again, "select count(*) from kept")).isEqualTo("0");
      }

      assertThat(ask(other, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aLeftoverOfAKilledRunIsFoundByItsFolder(@TempDir Path folder) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      long pid = postmaster(folder);

      assertThat(LeftoverPostmaster.in(folder.resolve("postgres")))
          .hasValueSatisfying(found -> assertThat(found.process().pid()).isEqualTo(pid));

      assertThat(ask(database, "select 1")).isEqualTo("1");
    }
    assertThat(LeftoverPostmaster.in(folder.resolve("postgres"))).isEmpty();
  }

  @Test
  void aClusterWithoutItsPasswordIsRefusedByName(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("postgres"));
    Files.writeString(folder.resolve("postgres/PG_VERSION"), "18\n");

    assertThatThrownBy(() -> EmbeddedDatabase.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("database-password");
  }

  private static long postmaster(Path folder) throws IOException {
    return Long.parseLong(
        Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst().strip());
  }

  private static String ask(EmbeddedDatabase database, String sql)
      throws SQLException, IOException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void tell(EmbeddedDatabase database, String sql) throws SQLException, IOException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException, IOException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
