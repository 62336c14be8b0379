package dev.banyan.orders;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real PostgreSQL for a test. */
final class Postgres {

  private Postgres() {}

  static EmbeddedPostgres start() throws IOException {
    Path programs =
        Files.createDirectories(
            Path.of(System.getProperty("user.home"), ".cache", "banyan", "postgres"));
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(programs.toFile())
        .setLocaleConfig("locale", "C")
        .start();
  }
}
