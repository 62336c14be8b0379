package dev.banyan.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.cli.AdminClient;
import dev.banyan.cli.CommandFailed;
import dev.banyan.cli.Screen;
import dev.banyan.cli.TextTable;
import dev.banyan.cli.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What the demo shows, step by step; a step that does not happen ends it by name. */
final class DemoStory {
  private static final String FAITHFUL = "catalog.product";
  private static final String MISTAKEN = "orders.read";
  private static final Duration EARNED_WITHIN = Duration.ofSeconds(30);
  private static final Duration BETWEEN_STAGES = Duration.ofSeconds(2);
  private static final String ASKED = "/api/products/AB-1";

  private final AdminClient admin;
  private final DemoTraffic traffic;
  private final Screen screen;
  private String step = "start";

  DemoStory(AdminClient admin, DemoTraffic traffic, Screen screen) {
    this.admin = admin;
    this.traffic = traffic;
    this.screen = screen;
  }

  String step() {
    return step;
  }

  void tell(int seconds) throws IOException, InterruptedException {
    begin("drive mixed traffic");
    drive(seconds);
    table();
    expect("shadow", Served.BY_LEGACY);
    promote("canary:10");
    DemoCommand.pause(BETWEEN_STAGES); // the canary serves some of the traffic
    promote("live");
    DemoCommand.pause(BETWEEN_STAGES);
    refused();
    rollBack();
  }

  private void begin(String name) {
    step = name;
    screen.line("");
    screen.line(Screen.Colour.BOLD, "== " + name);
  }

  private void drive(int seconds) {
    traffic.start();
    for (int i = 1; i <= seconds; i++) {
      DemoCommand.pause(Duration.ofSeconds(1));
      if (Screen.isTerminal() || i % 4 == 0 || i == seconds) {
        screen.progress("traffic %d/%d s, answers %s".formatted(i, seconds, traffic.counts()));
      }
    }
    screen.progressDone();
  }

  private void table() {
    var table =
        new TextTable(
            "route",
            "requests",
            "matched",
            "tolerated",
            "mismatched",
            "incomparable",
            "p95 legacy",
            "p95 migrated",
            "verdict");
    for (var route : admin.get("/api/v1/routes").tree().path("routes")) {
      table.row(
          route.path("id").asText("-"),
          route.path("requests").asText("-"),
          route.path("matched").asText("-"),
          route.path("tolerated").asText("-"),
          route.path("mismatched").asText("-"),
          route.path("incomparable").asText("-"),
          Words.millis(route.path("legacyP95Millis")),
          Words.millis(route.path("migratedP95Millis")),
          route.path("verdict").path("word").asText("-"));
    }
    table.lines().forEach(screen::line);
  }

  /** Asks until the gate agrees: each stage has to earn its own evidence. */
  private void promote(String stage) {
    begin("promote " + FAITHFUL + " to " + stage);
    var deadline = System.nanoTime() + EARNED_WITHIN.toNanos();
    while (true) {
      try {
        // Asked before the flip: each stage begins its evidence anew.
        var verdict = admin.get(AdminClient.route(FAITHFUL)).tree().path("verdict");
        var flip = flip(FAITHFUL, stage, "the demo: the evidence allows it");
        screen.progressDone();
        Words.flip(flip).forEach(screen::line);
        if (!flip.path("verdict").isObject()) {
          Words.verdict(verdict).forEach(screen::line);
        }
        return;
      } catch (CommandFailed notYet) {
        if (!refusal(notYet) || System.nanoTime() - deadline > 0) {
          screen.progressDone();
          throw notYet;
        }
        screen.progress("waiting for evidence, answers " + traffic.counts());
        DemoCommand.pause(Duration.ofSeconds(1));
      }
    }
  }

  private static boolean refusal(CommandFailed failed) {
    return failed.lines().getFirst().contains("(422)");
  }

  private void refused() {
    begin("promote " + MISTAKEN + ": refused, for it carries a porting mistake");
    try {
      flip(MISTAKEN, "canary:10", "the demo: this must not pass");
    } catch (CommandFailed refused) {
      if (!refusal(refused)) {
        throw refused;
      }
      refused.lines().forEach(screen::line);
      topMismatch();
      return;
    }
    throw new CommandFailed(MISTAKEN + " was promoted (expected: refused by the gate)");
  }

  private void topMismatch() {
    JsonNode top = admin.get(AdminClient.route(MISTAKEN) + "/mismatches").tree().path("signatures");
    JsonNode most = top.path(0);
    for (var signature : top) {
      most = signature.path("count").asLong() > most.path("count").asLong() ? signature : most;
    }
    if (!most.path("exemplars").path(0).isObject()) {
      throw new CommandFailed("no mismatch of " + MISTAKEN + " was kept (expected: at least one)");
    }
    screen.line("");
    Words.exemplar(most.path("exemplars").path(0), Screen.width()).forEach(screen::line);
  }

  private void rollBack() throws IOException, InterruptedException {
    begin("roll " + FAITHFUL + " back");
    expect("live", Served.BY_MIGRATED);
    Words.flip(flip(FAITHFUL, "legacy", "the demo: the way back")).forEach(screen::line);
    expect("legacy", Served.BY_LEGACY);
  }

  private enum Served {
    BY_LEGACY,
    BY_MIGRATED
  }

  /**
   * The very next request tells: legacy's framework names itself in its answers, the module not.
   */
  private void expect(String stage, Served served) throws IOException, InterruptedException {
    var version = traffic.header(ASKED, "X-AspNet-Version");
    var found = admin.get(AdminClient.route(FAITHFUL)).tree().path("stage").asText();
    var side = version.isPresent() ? Served.BY_LEGACY : Served.BY_MIGRATED;
    screen.line(
        "stage %s, GET %s: X-AspNet-Version %s, so served %s"
            .formatted(
                found,
                ASKED,
                version.orElse("absent"),
                side == Served.BY_LEGACY ? "by legacy" : "by the migrated module"));
    if (!found.equals(stage) || side != served) {
      throw new CommandFailed(
          "stage: %s, %s (expected: %s, %s)".formatted(found, side, stage, served));
    }
  }

  private JsonNode flip(String id, String to, String reason) {
    return admin.post(AdminClient.route(id) + "/stage", Map.of("to", to, "reason", reason)).tree();
  }
}
