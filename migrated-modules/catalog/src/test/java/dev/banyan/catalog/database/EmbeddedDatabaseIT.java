package dev.banyan.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {

  @Test
  void aFolderIsHeldByOneKeptWhenClosedAndTakenBackFromAPostmasterThatLostItsOwner(
      @TempDir Path folder) throws Exception {
    try (EmbeddedDatabase first = EmbeddedDatabase.in(folder)) {
      run(first, "create table kept as select 42 as answer");
      assertThatThrownBy(() -> EmbeddedDatabase.in(folder))
          .hasMessageContaining("expected: one that no running catalog uses");
      assertThat(LeftoverPostmaster.in(folder.resolve("postgres"))).isPresent();
    }
    assertThat(LeftoverPostmaster.in(folder.resolve("postgres"))).isEmpty();

    ProcessHandle orphan = orphanIn(folder);
    assertThat(orphan.isAlive()).isTrue();
    try (EmbeddedDatabase second = EmbeddedDatabase.in(folder)) {
      assertThat(orphan.isAlive()).isFalse();
      assertThat(answer(second)).isEqualTo(42);
    } finally {
      orphan.destroyForcibly();
    }
  }

  @Test
  void aTemporaryFolderAndItsServerAreGoneWhenClosed() throws Exception {
    EmbeddedDatabase database = EmbeddedDatabase.inTemporaryFolder();
    Path folder = database.folder();
    ProcessHandle server =
        LeftoverPostmaster.in(folder.resolve("postgres")).orElseThrow().process();

    database.close();

    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !server.isAlive());
    assertThat(Files.exists(folder)).isFalse();
  }

  @Test
  void aPidFileOfAnotherProcessIsNotTakenForAPostmaster(@TempDir Path data) throws Exception {
    Files.writeString(
        data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");

    assertThat(LeftoverPostmaster.in(data)).isEmpty();
  }

  /** Leaves the folder's server running without its owner, as {@code kill -9} does. */
  private static ProcessHandle orphanIn(Path folder) throws Exception {
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledOwner.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("owner.log").toFile())
            .start();
    assertThat(owner.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(owner.exitValue()).isEqualTo(137);
    return LeftoverPostmaster.in(folder.resolve("postgres")).orElseThrow().process();
  }

  private static void run(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int answer(EmbeddedDatabase database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select answer from kept")) {
      row.next();
      return row.getInt(1);
    }
  }
}
