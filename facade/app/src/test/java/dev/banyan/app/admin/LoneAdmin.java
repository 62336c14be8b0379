package dev.banyan.app.admin;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The admin side alone: a fresh data folder, one route, and a database that cannot be reached. */
public final class LoneAdmin implements QuarkusTestProfile {
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:1 }
        next: { url: http://127.0.0.1:2 }
      routes:
        - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
      """;

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      Path folder = Files.createTempDirectory("banyan-admin");
      Files.writeString(folder.resolve("rules.yaml"), RULES);
      return Map.of(
          "banyan.data",
          folder.resolve("data").toString(),
          "banyan.rules",
          folder.resolve("rules.yaml").toString(),
          "quarkus.datasource.jdbc.url",
          "jdbc:postgresql://127.0.0.1:1/nothing");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
