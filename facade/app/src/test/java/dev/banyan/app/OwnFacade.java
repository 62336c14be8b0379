package dev.banyan.app;

import dev.banyan.app.database.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules, data folder and a real database for a facade within the test's process. */
public final class OwnFacade implements QuarkusTestResourceLifecycleManager {
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:1 }
        next: { url: http://127.0.0.1:2 }
      routes:
        - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
      """;

  private @Nullable EmbeddedDatabase database;
  private @Nullable Path folder;

  /** The rules beside that data folder. */
  public static Path rules(DataFolder data) {
    return data.path().resolveSibling("rules.yaml");
  }

  /** The data plane listens from here on; tests of one application share it. */
  public static void listen(RunningFacade facade) throws IOException {
    if (!facade.listening()) {
      facade.start();
    }
  }

  @Override
  public Map<String, String> start() {
    try {
      Path home = Files.createTempDirectory("banyan-app");
      folder = home;
      Files.writeString(home.resolve("rules.yaml"), RULES);
      EmbeddedDatabase started = EmbeddedDatabase.in(home.resolve("data"));
      database = started;
      return Map.of(
          "banyan.rules", home.resolve("rules.yaml").toString(),
          "banyan.data", home.resolve("data").toString(),
          "quarkus.datasource.jdbc.url", started.jdbcUrl(),
          "quarkus.datasource.username", started.user(),
          "quarkus.datasource.password", started.password());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void stop() {
    if (database != null) {
      database.close();
    }
    if (folder == null) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
