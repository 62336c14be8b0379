package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three facades on one PostgreSQL: what one flips, all serve. */
class ReplicasIT {
  private static final int FLIPS = 60;
  private static final List<String> CYCLE = List.of("shadow", "canary:50", "live", "legacy");

  private final AtomicInteger served = new AtomicInteger();
  private final List<String> failed = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void aFlipAtAnyReplicaIsServedByAllAndNoRequestFails(@TempDir Path folder) throws Exception {
    try (NamedUpstream legacy = new NamedUpstream("legacy");
        NamedUpstream next = new NamedUpstream("next")) {
      String rules = rules(legacy.port(), next.port());
      try (Facade first = Facade.start(own(folder, "first"), rules);
          Facade second =
              Facade.start(own(folder, "second"), rules, databaseOf(folder.resolve("first")));
          Facade third =
              Facade.start(own(folder, "third"), rules, databaseOf(folder.resolve("first")))) {
        List<Facade> all = List.of(first, second, third);
        List<Thread> clients =
            all.stream().map(one -> Thread.ofVirtual().start(() -> ask(one))).toList();
        long slowest = flip(all);
        over.set(true);
        for (Thread client : clients) {
          client.join();
        }

        assertThat(failed).isEmpty();
        for (Facade one : all) {
          JsonNode replicas = one.read("/api/v1/replicas");
          assertThat(replicas.path("serving").asInt()).isEqualTo(FLIPS);
          assertThat(replicas.path("replicas")).hasSize(3);
        }
        Await.until(() -> isComplete(first), "every live replica serves the newest revision");
        JsonNode verification = first.read("/api/v1/ledger/verification");
        assertThat(verification.path("intact").asBoolean()).isTrue();
        assertThat(verification.path("entries").asInt()).isEqualTo(FLIPS);
        System.out.printf(
            "replicas: %d flips, %d requests, slowest flip served by all three after %d ms%n",
            FLIPS, served.get(), slowest);
      }
    }
  }

  /** Returns how long the slowest flip took to be served everywhere, in milliseconds. */
  private static long flip(List<Facade> all) throws Exception {
    Random random = new Random(20261121);
    long slowest = 0;
    for (int i = 0; i < FLIPS; i++) {
      String stage = CYCLE.get(i % CYCLE.size());
      long began = System.nanoTime();
      HttpResponse<String> answer = all.get(random.nextInt(all.size())).stage("r", stage);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      int revision = i + 1;
      for (Facade one : all) {
        Await.until(() -> serving(one) >= revision, "revision " + revision + " is served");
      }
      slowest = Math.max(slowest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
      if (!stage.startsWith("canary")) {
        String side = stage.equals("live") ? "next" : "legacy";
        for (Facade one : all) {
          assertThat(new String(one.get("/x").body(), StandardCharsets.UTF_8)).isEqualTo(side);
        }
      }
    }
    return slowest;
  }

  private void ask(Facade facade) {
    while (!over.get()) {
      try {
        TimeUnit.MILLISECONDS.sleep(15); // the pace is the test's input
        int status = facade.get("/y").statusCode();
        if (status == 200) {
          served.incrementAndGet();
        } else {
          note("status " + status);
        }
      } catch (IOException | InterruptedException e) {
        note(String.valueOf(e));
      }
    }
  }

  private synchronized void note(String failure) {
    failed.add(failure);
  }

  private static long serving(Facade facade) throws InterruptedException {
    try {
      return facade.read("/api/v1/replicas").path("serving").asLong();
    } catch (IOException away) {
      return -1;
    }
  }

  private static boolean isComplete(Facade facade) throws InterruptedException {
    try {
      return facade.read("/api/v1/replicas").path("complete").asBoolean();
    } catch (IOException away) {
      return false;
    }
  }

  private static Path own(Path folder, String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  /** What another facade needs to use the embedded database of the first one. */
  private static Map<String, String> databaseOf(Path home) throws IOException {
    List<String> pidFile = Files.readAllLines(home.resolve("data/postgres/postmaster.pid"));
    String port = pidFile.get(3).strip();
    return Map.of(
        "BANYAN_DATABASE_URL",
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
        "BANYAN_DATABASE_USER",
        "postgres",
        "BANYAN_DATABASE_PASSWORD",
        Files.readString(home.resolve("data/database-password")).strip());
  }

  private static String rules(int legacy, int next) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          next: { url: http://127.0.0.1:%d }
        routes:
          - { id: r, match: { path: /** }, legacy: legacy, migrated: next, gate: { mismatches: 100%% } }
        """
        .formatted(legacy, next);
  }
}
