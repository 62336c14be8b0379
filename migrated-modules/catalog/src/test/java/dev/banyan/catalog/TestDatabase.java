package dev.banyan.catalog;

import dev.banyan.catalog.database.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL, for tests that run the service without its main method. */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {

  private @Nullable EmbeddedDatabase database;

  @Override
  public Map<String, String> start() {
    try {
      EmbeddedDatabase started = EmbeddedDatabase.inTemporaryFolder();
      database = started;
      return Map.of("quarkus.datasource.jdbc.url", started.jdbcUrl());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void stop() {
    EmbeddedDatabase started = database;
    if (started != null) {
      started.close();
    }
  }
}
