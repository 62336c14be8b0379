package dev.banyan.catalog;

import dev.banyan.catalog.database.EmbeddedDatabase;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the catalog, with a database of its own unless the environment names one. */
@QuarkusMain
public final class CatalogMain {

  private static final Duration APPLICATION_STOPS_WITHIN = Duration.ofSeconds(8);

  private CatalogMain() {}

  public static void main(String... args) {
    CatalogArguments arguments;
    try {
      arguments = CatalogArguments.parse(List.of(args));
    } catch (IllegalArgumentException wrongUsage) {
      System.err.println("catalog: " + wrongUsage.getMessage());
      System.err.println(CatalogArguments.USAGE);
      System.exit(2);
      return;
    }

    arguments
        .port()
        .ifPresent(port -> System.setProperty("quarkus.http.port", Integer.toString(port)));
    arguments.host().ifPresent(host -> System.setProperty("quarkus.http.host", host));
    try {
      provideDatabase(arguments, System.getenv());
    } catch (IOException | IllegalStateException failure) {
      System.err.println("catalog: " + failure.getMessage());
      System.exit(1);
    }
    Quarkus.run(CatalogApplication.class, args);
  }

  private static void provideDatabase(CatalogArguments arguments, Map<String, String> environment)
      throws IOException {
    String url = environment.get("CATALOG_DATABASE_URL");
    if (url != null && !url.isBlank()) {
      System.setProperty("quarkus.datasource.jdbc.url", url);
      setIfGiven("quarkus.datasource.username", environment.get("CATALOG_DATABASE_USER"));
      setIfGiven("quarkus.datasource.password", environment.get("CATALOG_DATABASE_PASSWORD"));
      return;
    }

    EmbeddedDatabase database =
        arguments.data().isPresent()
            ? EmbeddedDatabase.in(arguments.data().get())
            : EmbeddedDatabase.inTemporaryFolder();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> closeLast(database), "database-stop"));
    System.setProperty("quarkus.datasource.jdbc.url", database.jdbcUrl());
  }

  private static void setIfGiven(String property, @Nullable String value) {
    if (value != null) {
      System.setProperty(property, value);
    }
  }

  /** Hooks run side by side; this one waits for Quarkus' own, which still answers requests. */
  private static void closeLast(EmbeddedDatabase database) {
    long deadline = System.nanoTime() + APPLICATION_STOPS_WITHIN.toNanos();
    try {
      while (applicationRuns() && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    database.close();
  }

  private static boolean applicationRuns() {
    ArcContainer container = Arc.container();
    return container != null && container.isRunning();
  }
}
