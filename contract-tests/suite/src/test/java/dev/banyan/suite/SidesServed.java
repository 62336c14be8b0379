package dev.banyan.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.suite.RandomFlips.Rollback;
import dev.banyan.suite.SteadyLoad.Served;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds each answer against its replica's access line, and each line against what the ledger says
 * of the line's revision. A line ahead of its revision must be legacy's, by a rollback that was
 * asked for at that very replica before, and that the ledger knows in the end.
 */
final class SidesServed {
  private static final Duration BEFORE_A_KILL = Duration.ofSeconds(2);

  private final LedgerContent ledger;
  private final Collection<Rollback> rollbacks;
  private final List<String> wrong = new ArrayList<>();

  /**
   * By route, rollout and client: the largest share that was legacy's, the smallest that was not.
   */
  private final Map<String, int[]> places = new HashMap<>();

  private int lines;
  private int aheadOfTheLedger;
  private int withoutLine;

  SidesServed(LedgerContent ledger, Collection<Rollback> rollbacks) {
    this.ledger = ledger;
    this.rollbacks = rollbacks;
  }

  void check(List<Replica> replicas, SteadyLoad load) throws IOException {
    Map<String, JsonNode> byAnswer = new HashMap<>();
    for (Replica replica : replicas) {
      for (JsonNode line : replica.lines()) {
        checkLine(replica.name(), line);
        byAnswer.put(replica.name() + line.path("path").asText(), line);
      }
    }
    load.served()
        .forEach(
            (number, served) -> {
              JsonNode line = byAnswer.get(served.replica().name() + load.path(number));
              checkAnswer(load.path(number), served, line);
            });
  }

  void checkLine(String replica, JsonNode line) {
    lines++;
    String route = line.path("route").asText();
    String stage = line.path("stage").asText();
    String side = line.path("side").asText();
    long revision = line.path("revision").asLong(-1);
    String named = ledger.stage(route, revision);
    boolean allowed =
        switch (stage) {
          case "legacy", "shadow" -> side.equals("legacy");
          case "live" -> side.equals("migrated");
          default -> stage.startsWith("canary:");
        };
    if (!allowed || revision < 0) {
      wrong.add(replica + ": " + line);
    } else if (!stage.equals(named)) {
      if (stage.equals("legacy") && isRolledBack(replica, route, revision, line)) {
        aheadOfTheLedger++;
      } else {
        wrong.add(replica + ", where the ledger says " + named + ": " + line);
      }
    } else if (stage.startsWith("canary:")) {
      place(line, route, revision, side);
    }
  }

  private boolean isRolledBack(String replica, String route, long revision, JsonNode line) {
    Instant ended = Instant.parse(line.path("time").asText());
    return ledger.nextRollback(route, revision).isPresent()
        && rollbacks.stream()
            .anyMatch(
                one ->
                    one.replica().equals(replica)
                        && one.route().equals(route)
                        && !one.asked().isAfter(ended));
  }

  private void place(JsonNode line, String route, long revision, String side) {
    String path = line.path("path").asText();
    int number = Integer.parseInt(path.substring(path.lastIndexOf('n') + 1));
    int share = Integer.parseInt(line.path("stage").asText().substring("canary:".length()));
    String key =
        route + " since " + ledger.rollout(route, revision) + " " + SteadyLoad.client(number);
    int[] shares = places.computeIfAbsent(key, drawn -> new int[] {-1, Integer.MAX_VALUE});
    if (side.equals("legacy")) {
      shares[0] = Math.max(shares[0], share);
    } else {
      shares[1] = Math.min(shares[1], share);
    }
  }

  private void checkAnswer(String path, Served served, JsonNode line) {
    if (line == null) {
      withoutLine++;
      if (served.replica().kills().stream().noneMatch(kill -> isJustBefore(served.at(), kill))) {
        wrong.add("no access line: " + path + " of " + served.replica().name());
      }
    } else if (!served.body().equals(line.path("side").asText())) {
      wrong.add(path + " was answered by " + served.body() + ": " + line);
    }
  }

  private static boolean isJustBefore(Instant at, Instant kill) {
    return at.isBefore(kill.plus(BEFORE_A_KILL)) && at.isAfter(kill.minus(BEFORE_A_KILL));
  }

  /** What must not be, each with its line. */
  List<String> wrong() {
    List<String> all = new ArrayList<>(wrong);
    places.forEach(
        (place, shares) -> {
          if (shares[0] >= shares[1]) {
            all.add("drawn differently: " + place);
          }
        });
    return all;
  }

  @Override
  public String toString() {
    return "%d access lines, %d by a side that its revision did not name; %d by a rollback not yet written, %d answers whose line a kill took"
        .formatted(lines, wrong().size(), aheadOfTheLedger, withoutLine);
  }
}
