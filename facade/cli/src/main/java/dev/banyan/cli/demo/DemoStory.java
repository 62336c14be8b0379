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
    promote("canary:10");
    promote("live");
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
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        var flip = flip(FAITHFUL, stage, "the demo: the evidence allows it");
        Words.flip(flip).forEach(screen::line);
        return;
      } catch (CommandFailed notYet) {
        if (System.nanoTime() - deadline > 0) {
          throw notYet;
        }
        screen.progress("waiting for evidence, answers " + traffic.counts());
        DemoCommand.pause(Duration.ofSeconds(1));
      }
    }
  }

  private void refused() {
    begin("promote " + MISTAKEN + ": refused, for it carries a porting mistake");
    try {
      flip(MISTAKEN, "canary:10", "the demo: this must not pass");
    } catch (CommandFailed refusal) {
      if (!refusal.lines().getFirst().contains("(422)")) {
        throw refusal;
      }
      refusal.lines().forEach(screen::line);
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
    expect("live", false);
    Words.flip(flip(FAITHFUL, "legacy", "the demo: the way back")).forEach(screen::line);
    expect("legacy", true);
  }

  /** Legacy's framework names itself in every answer; the module does not. */
  private void expect(String stage, boolean legacy) throws IOException, InterruptedException {
    var headers = traffic.headers(ASKED);
    var version =
        headers.entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("X-AspNet-Version"))
            .map(header -> String.join(", ", header.getValue()))
            .findFirst()
            .orElse("absent");
    var found = admin.get(AdminClient.route(FAITHFUL)).tree().path("stage").asText();
    screen.line("stage %s: GET %s, X-AspNet-Version: %s".formatted(found, ASKED, version));
    if (!found.equals(stage) || legacy == version.equals("absent")) {
      throw new CommandFailed(
          "stage %s, X-AspNet-Version %s (expected: stage %s, the header %s)"
              .formatted(found, version, stage, legacy ? "present" : "absent"));
    }
  }

  private JsonNode flip(String id, String to, String reason) {
    return admin.post(AdminClient.route(id) + "/stage", Map.of("to", to, "reason", reason)).tree();
  }
}
