package dev.banyan.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.banyan.app.DataFolder;
import dev.banyan.app.OwnFacade;
import dev.banyan.app.RunningFacade;
import dev.banyan.app.rules.RulesInForce;
import dev.banyan.app.store.ApprovalStore;
import dev.banyan.app.store.ReplicaStore;
import dev.banyan.migration.FlipCommand;
import dev.banyan.migration.FlipCoordinator;
import dev.banyan.migration.FlipResult;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.Ledger;
import dev.banyan.migration.TableKeeper;
import dev.banyan.migration.WatchState;
import dev.banyan.rules.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser, where one is installed. */
@QuarkusTest
@QuarkusTestResource(OwnFacade.class)
class ConsoleIT {
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:1 }
        next: { url: http://127.0.0.1:2 }
      routes:
        - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
        - id: seen
          match: { path: /seen/** }
          legacy: legacy
          migrated: next
          gate: { four-eyes: required }
          canary: { steps: [5%, 50%], pause: 30m, mode: automatic }
      """;

  @Inject RunningFacade facade;
  @Inject RulesInForce rules;
  @Inject FlipCoordinator flips;
  @Inject FlipWatch watch;
  @Inject TableKeeper tables;
  @Inject Ledger ledger;
  @Inject ReplicaStore replicas;
  @Inject ApprovalStore approvals;
  @Inject DataFolder data;

  private Path rulesFile = Path.of("");
  private String rulesBefore = "";

  @BeforeEach
  void start() throws IOException {
    OwnFacade.listen(facade);
    rulesFile = OwnFacade.rules(data);
    rulesBefore = Files.readString(rulesFile);
    Files.writeString(rulesFile, RULES);
    rules.reload(RulesInForce.Cause.ADMIN);
  }

  @AfterEach
  void stop() throws IOException {
    Files.writeString(rulesFile, rulesBefore);
    rules.reload(RulesInForce.Cause.ADMIN);
  }

  private FlipResult toShadow() {
    return toShadow(FlipCommand.Mode.JUDGED);
  }

  private FlipResult toShadow(FlipCommand.Mode mode) {
    return flips.flip(
        new FlipCommand(
            "seen", new Stage.Shadow(), "ada", "a test says so", OptionalLong.empty(), mode));
  }

  @Test
  void aPersonSeesWhatWaitsAndApprovesRollsBackAndAcknowledges() throws Exception {
    assumeTrue(Browser.installed().isPresent(), "no Chromium here");
    assertThat(toShadow(FlipCommand.Mode.DRY_RUN))
        .isInstanceOfSatisfying(
            FlipResult.Planned.class,
            planned ->
                assertThat(planned.against().orElseThrow()).startsWith("approval: none yet"));
    assertThat(approvals.of("seen")).isEmpty();
    assertThat(toShadow()).isInstanceOf(FlipResult.Illegal.class);
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "browser");
    URI page = URI.create("http://127.0.0.1:" + RestAssured.port + "/?token=" + data.token());
    try (Browser browser = new Browser(Browser.installed().orElseThrow(), folder, page)) {
      approve(browser);
      rollBack(browser);
      acknowledge(browser);
    }
  }

  private void approve(Browser browser) throws Exception {
    browser.awaitText("legacy → shadow");
    browser.awaitText("none yet");
    browser.awaitText("steps 5%, 50%");
    browser.awaitText(replicas.id() + " (this one)");
    browser.press("Approve seen to shadow");
    browser.awaitText("ada asks for it.");
    browser.press("Approve");
    browser.awaitText("seen: legacy → shadow approved by admin.");
    assertThat(toShadow()).isInstanceOf(FlipResult.Flipped.class);
  }

  private void rollBack(Browser browser) throws Exception {
    browser.awaitText("pause until");
    browser.press("Roll back seen");
    browser.evaluate("document.getElementById('reason').value = 'prices look wrong'");
    browser.press("Roll back");
    browser.awaitText("seen is served by legacy");
    assertThat(tables.stage("seen")).contains(new Stage.Legacy());
    Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              var last = ledger.history("seen", 1).getFirst().change();
              assertThat(last.who()).isEqualTo("admin");
              assertThat(last.why()).startsWith("prices look wrong");
            });
  }

  private void acknowledge(Browser browser) throws Exception {
    Instant now = Instant.now();
    watch.learn(
        Map.of(
            "seen",
            new WatchState.Breached(
                now,
                now.plusSeconds(600),
                List.of("<b>20 of 20</b> answers failed"),
                "elsewhere")));
    browser.awaitText("seen by replica elsewhere");
    browser.awaitText("<b>20 of 20</b> answers failed");
    browser.press("Acknowledge the breach of seen");
    browser.press("Acknowledge");
    browser.awaitText("acknowledged by admin");
    assertThat(watch.state("seen")).isInstanceOf(WatchState.Acknowledged.class);
  }
}
