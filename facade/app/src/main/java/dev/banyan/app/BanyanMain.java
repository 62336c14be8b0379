package dev.banyan.app;

import dev.banyan.app.database.EmbeddedDatabase;
import dev.banyan.app.offline.Compare;
import dev.banyan.app.offline.ContractsVerify;
import dev.banyan.app.offline.DescriptorsFetch;
import dev.banyan.app.offline.Replay;
import dev.banyan.app.offline.RulesCheck;
import dev.banyan.contracts.RequestSender;
import dev.banyan.rules.Problem;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSetReader;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the facade; or does what needs none, such as checking rules. */
@QuarkusMain
public final class BanyanMain {
  private static final String POSTGRESQL = "jdbc:postgresql://";
  private static final Duration APPLICATION_STOPS_WITHIN = Duration.ofSeconds(12);

  private BanyanMain() {}

  public static void main(String... args) {
    List<String> words = List.of(args);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(BanyanArguments.USAGE);
      return;
    }
    if (words.size() >= 2 && words.get(0).equals("rules") && words.get(1).equals("check")) {
      System.exit(RulesCheck.run(words.subList(2, words.size())));
    }
    if (words.size() >= 2 && words.get(0).equals("contracts") && words.get(1).equals("verify")) {
      System.exit(ContractsVerify.run(words.subList(2, words.size())));
    }
    if (words.size() >= 2 && words.get(0).equals("descriptors") && words.get(1).equals("fetch")) {
      System.exit(DescriptorsFetch.run(words.subList(2, words.size())));
    }
    if (!words.isEmpty() && words.get(0).equals("compare")) {
      System.exit(Compare.run(words.subList(1, words.size())));
    }
    if (!words.isEmpty() && words.get(0).equals("replay")) {
      System.exit(Replay.run(words.subList(1, words.size())));
    }
    run(words);
  }

  private static void run(List<String> words) {
    // Contracts that are recorded ask legacy again under the Host that the client named.
    RequestSender.allowHost();
    try {
      BanyanArguments arguments = BanyanArguments.parse(words, System.getenv());
      refuseBadRules(arguments);
      DataFolder data = DataFolder.open(arguments.data());
      System.setProperty("banyan.token", data.provideToken().name());
      System.setProperty("banyan.rules", arguments.rules().toString());
      System.setProperty("banyan.data", data.path().toString());
      System.setProperty("banyan.store.mode", arguments.store().word());
      System.setProperty("banyan.host", arguments.host());
      System.setProperty("banyan.port", Integer.toString(arguments.port()));
      System.setProperty("quarkus.http.host", arguments.adminHost());
      System.setProperty("quarkus.http.port", Integer.toString(arguments.adminPort()));
      provideDatabase(data, System.getenv());
    } catch (IllegalArgumentException wrongUsage) {
      System.err.println("banyan: " + wrongUsage.getMessage());
      System.err.print(BanyanArguments.USAGE);
      System.exit(2);
    } catch (IOException | IllegalStateException failure) {
      System.err.println("banyan: " + failure.getMessage());
      System.exit(1);
    }
    Quarkus.run(BanyanApplication.class);
  }

  private static void refuseBadRules(BanyanArguments arguments) {
    if (RuleSetReader.read(arguments.rules()) instanceof ReadResult.Rejected rejected) {
      for (Problem problem : rejected.problems()) {
        System.err.println(problem);
      }
      throw new IllegalStateException(
          rejected.problems().size() + " problems in the rules; nothing was started");
    }
  }

  private static void provideDatabase(DataFolder data, Map<String, String> environment)
      throws IOException {
    String url = environment.get("BANYAN_DATABASE_URL");
    if (url != null && !url.isBlank()) {
      if (!url.startsWith(POSTGRESQL)) {
        // Not the whole value, for it may hold a password.
        throw new IllegalArgumentException(
            "BANYAN_DATABASE_URL: another kind of URL (expected: "
                + POSTGRESQL
                + "HOST:PORT/DATABASE)");
      }
      System.setProperty("quarkus.datasource.jdbc.url", url);
      setIfGiven("quarkus.datasource.username", environment.get("BANYAN_DATABASE_USER"));
      setIfGiven("quarkus.datasource.password", environment.get("BANYAN_DATABASE_PASSWORD"));
      return;
    }
    EmbeddedDatabase database = EmbeddedDatabase.in(data.path());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> closeLast(database), "database-stop"));
    System.setProperty("quarkus.datasource.jdbc.url", database.jdbcUrl());
    System.setProperty("quarkus.datasource.username", database.user());
    System.setProperty("quarkus.datasource.password", database.password());
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
