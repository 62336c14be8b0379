package dev.banyan.app.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Banyan's tables in a real PostgreSQL, as the facade makes them. */
public final class MigratedStore {
  private MigratedStore() {}

  /** The tables, made where they are missing. */
  public static PGSimpleDataSource in(EmbeddedDatabase database) throws IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    lead(source, database);
    migrate(source);
    return source;
  }

  /** Leads the source to the database, and makes the tables anew. */
  public static void anew(PGSimpleDataSource source, EmbeddedDatabase database)
      throws IOException, SQLException {
    lead(source, database);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema if exists banyan cascade");
    }
    migrate(source);
  }

  private static void lead(PGSimpleDataSource source, EmbeddedDatabase database)
      throws IOException {
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
  }

  private static void migrate(PGSimpleDataSource source) {
    Flyway.configure()
        .dataSource(source)
        .schemas("banyan")
        .defaultSchema("banyan")
        .load()
        .migrate();
  }
}
