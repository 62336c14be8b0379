package dev.banyan.app.flipping;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.banyan.app.DataFolder;
import dev.banyan.app.OwnFacade;
import dev.banyan.app.RunningFacade;
import dev.banyan.app.rules.RulesInForce;
import dev.banyan.migration.FlipCommand;
import dev.banyan.migration.FlipCoordinator;
import dev.banyan.migration.FlipResult;
import dev.banyan.migration.Ledger;
import dev.banyan.migration.LedgerEntry;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps that are taken by themselves, on the evidence of live traffic. */
@QuarkusTest
@QuarkusTestResource(OwnFacade.class)
class PromotionIT {
  private static final Duration GENEROUS = Duration.ofSeconds(90);

  @Inject RunningFacade facade;
  @Inject RulesInForce rules;
  @Inject FlipCoordinator flips;
  @Inject TableKeeper tables;
  @Inject Ledger ledger;
  @Inject DataFolder data;

  private final TwoSides sides = new TwoSides();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Path rulesFile = Path.of("");
  private String rulesBefore = "";

  @BeforeEach
  void start() throws IOException {
    OwnFacade.listen(facade);
    rulesFile = OwnFacade.rules(data);
    rulesBefore = Files.readString(rulesFile);
  }

  @AfterEach
  void stop() throws IOException {
    Files.writeString(rulesFile, rulesBefore);
    rules.reload(RulesInForce.Cause.ADMIN);
    http.close();
    sides.close();
  }

  private void route(String id, String mode) throws IOException {
    Files.writeString(
        rulesFile,
        """
        version: 1
        upstreams:
        %sroutes:
          - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
          - id: %s
            match: { path: /%s/** }
            legacy: legacy
            migrated: next
            gate: { mismatches: 10%%, samples: 20 }
            canary: { steps: 50%%, pause: 1s, mode: %s }
        """
            .formatted(sides.upstreams(), id, id, mode));
    assertThat(rules.reload(RulesInForce.Cause.ADMIN))
        .isInstanceOf(RulesInForce.Outcome.Applied.class);
    assertThat(
            flips.flip(
                new FlipCommand(
                    id,
                    new Stage.Shadow(),
                    "ada",
                    "a test says so",
                    OptionalLong.empty(),
                    FlipCommand.Mode.JUDGED)))
        .isInstanceOf(FlipResult.Flipped.class);
  }

  /** Sends one request after the other until it is so. */
  private void requestsUntil(String id, BooleanSupplier done) throws Exception {
    long giveUp = System.nanoTime() + GENEROUS.toNanos();
    while (!done.getAsBoolean() && System.nanoTime() < giveUp) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + facade.port() + "/" + id + "/x"))
              .build();
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
    assertThat(done.getAsBoolean()).as("within " + GENEROUS).isTrue();
  }

  private boolean isIn(String id, String stage) {
    return tables.stage(id).equals(Optional.of(Stage.parse(stage)));
  }

  @Test
  void anAutomaticRouteGoesToLiveStepByStepOnItsOwnEvidence() throws Exception {
    route("by-itself", "automatic");

    requestsUntil("by-itself", () -> isIn("by-itself", "live"));

    List<LedgerEntry> entries = ledger.history("by-itself", 10).reversed();
    assertThat(entries)
        .extracting(entry -> entry.change().to().text())
        .containsExactly("shadow", "canary:50", "live");
    assertThat(entries)
        .extracting(entry -> entry.change().who())
        .containsExactly("ada", PromoterLoop.WHO, PromoterLoop.WHO);
    assertThat(entries.get(2).change().verdict()).startsWith("ready");
  }

  @Test
  void whereApprovalIsWantedAPersonSaysYesToEachStep() throws Exception {
    String approval = "/api/v1/routes/with-approval/approval";
    route("with-approval", "automatic-with-approval");
    requestsUntil("with-approval", () -> state(approval).equals("asked"));
    assertThat(isIn("with-approval", "shadow")).isTrue();
    String change = withToken().get(approval).jsonPath().getString("change");
    withToken()
        .contentType("application/json")
        .body("{\"change\":\"another\"}")
        .post(approval)
        .then()
        .statusCode(409);

    withToken()
        .contentType("application/json")
        .body("{\"change\":\"" + change + "\"}")
        .post(approval)
        .then()
        .statusCode(200)
        .body("state", equalTo("given"))
        .body("askedBy", equalTo(PromoterLoop.WHO))
        .body("approver", equalTo("admin"));

    requestsUntil("with-approval", () -> isIn("with-approval", "canary:50"));
    requestsUntil("with-approval", () -> state(approval).equals("asked"));
    assertThat(isIn("with-approval", "canary:50")).isTrue();
    assertThat(withToken().get(approval).jsonPath().getString("to")).isEqualTo("live");
  }

  private String state(String approval) {
    return withToken().get(approval).jsonPath().getString("state");
  }

  private RequestSpecification withToken() {
    try {
      return given().header("Authorization", "Bearer " + data.token());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
