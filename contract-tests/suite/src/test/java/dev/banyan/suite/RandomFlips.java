package dev.banyan.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks any replica for any allowed stage change, and keeps what became of it. */
final class RandomFlips {
  private final List<Replica> replicas;
  private final int routes;
  private final Random random;
  private final Queue<Rollback> rollbacks = new ConcurrentLinkedQueue<>();
  private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<String> unforeseen = new ConcurrentLinkedQueue<>();
  private final AtomicInteger writtenLater = new AtomicInteger();
  private final AtomicInteger overtaken = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile boolean databaseAway;

  /**
   * A rollback that was asked for, whatever was answered.
   *
   * @param asked in milliseconds, not after it was sent
   */
  record Rollback(String replica, String route, Instant asked) {}

  /** A change that was answered with a revision. */
  record Accepted(String route, String to, long revision) {}

  RandomFlips(List<Replica> replicas, int routes, long seed) {
    this.replicas = replicas;
    this.routes = routes;
    this.random = new Random(seed);
  }

  /** From now on flips forward may be refused, as the ledger cannot be written. */
  void databaseIsAway(boolean away) {
    databaseAway = away;
  }

  /** One change of a random route at a random replica; its revision where it has one at once. */
  OptionalLong any() throws InterruptedException {
    Optional<Replica> at = anyReplica();
    return at.isEmpty() ? OptionalLong.empty() : any(at.get(), "r" + next(routes));
  }

  private OptionalLong any(Replica at, String route) throws InterruptedException {
    int kills = at.kills().size();
    try {
      if (next(40) == 0) {
        return all(at);
      }
      String now = at.facade().read("/api/v1/routes/" + route).path("stage").asText();
      return change(at, route, following(now));
    } catch (IOException failure) {
      noAnswer(at, kills, failure);
      return OptionalLong.empty();
    }
  }

  /** All routes back at once; the last revision that this made. */
  private OptionalLong all(Replica at) throws IOException, InterruptedException {
    for (int i = 0; i < routes; i++) {
      rollbacks.add(new Rollback(at.name(), "r" + i, now()));
    }
    HttpResponse<String> answer =
        at.facade().call("POST", "/api/v1/rollback", "{\"reason\":\"a test says so\"}");
    JsonNode result = Facade.JSON.readTree(answer.body());
    if (answer.statusCode() != 200 || !result.path("failed").isEmpty()) {
      unforeseen.add("rollback of all: " + answer.body());
    }
    OptionalLong last = OptionalLong.empty();
    for (JsonNode one : result.path("rolledBack")) {
      last = done(one);
    }
    return last;
  }

  /** Takes the route to {@code live} where it is not, step by step; the database must be there. */
  void bringLive(Replica at, String route) throws IOException, InterruptedException {
    for (String to : List.of("shadow", "canary:50", "live")) {
      String now = at.facade().read("/api/v1/routes/" + route).path("stage").asText();
      if (!now.equals("live") && !now.equals(to)) {
        change(at, route, to);
      }
    }
  }

  OptionalLong rollBack(Replica at, String route) throws IOException, InterruptedException {
    return change(at, route, "legacy");
  }

  private OptionalLong change(Replica at, String route, String to)
      throws IOException, InterruptedException {
    if (to.equals("legacy")) {
      rollbacks.add(new Rollback(at.name(), route, now()));
    }
    HttpResponse<String> answer = at.facade().stage(route, to);
    switch (answer.statusCode()) {
      case 200 -> {
        return done(Facade.JSON.readTree(answer.body()));
      }
      // Another flip of the same route came first.
      case 409, 422 -> {
        overtaken.incrementAndGet();
        if (answer.body().contains("breach")) {
          unforeseen.add(route + " to " + to + ": " + answer.body());
        }
      }
      case 503 -> {
        refused.incrementAndGet();
        if (!databaseAway) {
          unforeseen.add(route + " to " + to + ": " + answer.body());
        }
      }
      default -> unforeseen.add(route + " to " + to + ": " + answer.body());
    }
    return OptionalLong.empty();
  }

  private OptionalLong done(JsonNode flip) {
    JsonNode revision = flip.path("revision");
    if (!revision.isNumber()) {
      writtenLater.incrementAndGet();
      return OptionalLong.empty();
    }
    accepted.add(
        new Accepted(flip.path("routeId").asText(), flip.path("to").asText(), revision.asLong()));
    return OptionalLong.of(revision.asLong());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private void noAnswer(Replica at, int killsBefore, IOException failure) {
    unanswered.incrementAndGet();
    if (at.up() && at.kills().size() == killsBefore) {
      unforeseen.add(at.name() + ": " + failure);
    }
  }

  private Optional<Replica> anyReplica() {
    List<Replica> up = replicas.stream().filter(Replica::up).toList();
    return up.isEmpty() ? Optional.empty() : Optional.of(up.get(next(up.size())));
  }

  private String following(String stage) {
    boolean back = next(10) < 3;
    return switch (stage) {
      case "legacy" -> "shadow";
      case "shadow" -> back ? "legacy" : next(2) == 0 ? "canary:10" : "canary:50";
      case "live" -> "legacy";
      case "canary:10" -> back ? "legacy" : next(2) == 0 ? "canary:50" : "live";
      default -> back ? "legacy" : "live";
    };
  }

  private synchronized int next(int bound) {
    return random.nextInt(bound);
  }

  Queue<Rollback> rollbacks() {
    return rollbacks;
  }

  Queue<Accepted> accepted() {
    return accepted;
  }

  /** Answers that nothing explains. */
  Queue<String> unforeseen() {
    return unforeseen;
  }

  /** Changes in force: those with a revision, and rollbacks that got theirs later. */
  int done() {
    return accepted.size() + writtenLater.get();
  }

  @Override
  public String toString() {
    return "%d flips and rollbacks, %d of them rollbacks written later; %d overtaken, %d refused without the database, %d met a kill"
        .formatted(done(), writtenLater.get(), overtaken.get(), refused.get(), unanswered.get());
  }
}
