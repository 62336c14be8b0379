package dev.banyan.app.flipping;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.banyan.app.DataFolder;
import dev.banyan.app.OwnFacade;
import dev.banyan.app.RunningFacade;
import dev.banyan.app.flipping.TwoSides.Fault;
import dev.banyan.app.rules.RulesInForce;
import dev.banyan.app.store.ReplicaStore;
import dev.banyan.migration.FlipCommand;
import dev.banyan.migration.FlipCoordinator;
import dev.banyan.migration.FlipResult;
import dev.banyan.migration.Ledger;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A migrated side goes bad while it serves 100 requests a second. */
@QuarkusTest
@QuarkusTestResource(OwnFacade.class)
class BreachIT {
  private static final int GAP_MILLIS = 10;

  /** Two seconds of traffic: counted, as a busy machine has slow clocks but sends less, too. */
  private static final int TWO_SECONDS_OF_REQUESTS = 200;

  private static final Duration GENEROUS = Duration.ofSeconds(60);

  @Inject RunningFacade facade;
  @Inject RulesInForce rules;
  @Inject FlipCoordinator flips;
  @Inject TableKeeper tables;
  @Inject Ledger ledger;
  @Inject DataFolder data;
  @Inject ReplicaStore replicas;

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

  private void route(String id) throws IOException {
    Files.writeString(
        rulesFile,
        """
        version: 1
        upstreams:
        %sroutes:
          - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
          - { id: %s, match: { path: /%s/** }, legacy: legacy, migrated: next }
        """
            .formatted(sides.upstreams(), id, id));
    assertThat(rules.reload(RulesInForce.Cause.ADMIN))
        .isInstanceOf(RulesInForce.Outcome.Applied.class);
  }

  private FlipResult flip(String id, String stage) {
    return flips.flip(
        new FlipCommand(
            id,
            Stage.parse(stage),
            "ada",
            "a test says so",
            OptionalLong.empty(),
            FlipCommand.Mode.OVERRIDE));
  }

  private void toLive(String id) {
    for (String stage : List.of("shadow", "canary:10", "live")) {
      assertThat(flip(id, stage)).isInstanceOf(FlipResult.Flipped.class);
    }
  }

  private CompletableFuture<Integer> request(String id) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(GAP_MILLIS); // the pace is the test's input
    return http.sendAsync(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + facade.port() + "/" + id + "/x"))
                .build(),
            BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  private void requests(String id, int count) throws InterruptedException {
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(request(id));
    }
    all.forEach(CompletableFuture::join);
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void legacyServesAgainBeforeTwoSecondsOfRequestsMetTheFault(Fault fault) throws Exception {
    String id = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    route(id);
    toLive(id);
    requests(id, 150);
    assertThat(tables.stage(id)).contains(new Stage.Live());

    sides.set(fault);
    long giveUp = System.nanoTime() + GENEROUS.toNanos();
    List<CompletableFuture<Integer>> underWay = new ArrayList<>();
    while (!tables.stage(id).equals(Optional.of(new Stage.Legacy()))
        && System.nanoTime() < giveUp) {
      underWay.add(request(id));
    }
    long nanos = sides.nanosSinceFirstFault();
    underWay.forEach(CompletableFuture::join);
    int metTheFault = sides.sinceFirstFault();
    System.out.printf(
        "breach: %s: legacy serves %d ms after the first faulty answer; %d requests met the fault%n",
        fault, TimeUnit.NANOSECONDS.toMillis(nanos), metTheFault);

    int legacyBefore = sides.byLegacy();
    int migratedBefore = sides.byMigrated();
    requests(id, 30);
    assertThat(tables.stage(id)).contains(new Stage.Legacy());
    assertThat(sides.byMigrated()).isEqualTo(migratedBefore);
    // Copies of earlier requests may still have come in.
    assertThat(sides.byLegacy()).isGreaterThanOrEqualTo(legacyBefore + 30);
    assertThat(metTheFault).isBetween(1, TWO_SECONDS_OF_REQUESTS);
    await()
        .atMost(GENEROUS)
        .untilAsserted(
            () ->
                assertThat(ledger.history(id, 1).getFirst().change().who())
                    .isEqualTo(WatchLoop.WHO));
    assertThat(ledger.history(id, 1).getFirst().change().why())
        .startsWith("breach seen by replica " + replicas.id());
  }

  @Test
  void nobodyFlipsForwardUntilAPersonHasLookedAndItHasCooledDown() throws Exception {
    String id = "looked-at";
    route(id);
    toLive(id);
    sides.set(Fault.ERRORS);
    long giveUp = System.nanoTime() + GENEROUS.toNanos();
    while (tables.stage(id).equals(Optional.of(new Stage.Live())) && System.nanoTime() < giveUp) {
      request(id).join();
    }
    String watch = "/api/v1/routes/" + id + "/watch";
    withToken()
        .get(watch)
        .then()
        .statusCode(200)
        .body("state", equalTo("breached"))
        .body("seenBy", equalTo(replicas.id()));
    assertThat(flip(id, "shadow")).isInstanceOf(FlipResult.Illegal.class);

    withToken()
        .post(watch + "/acknowledgement")
        .then()
        .statusCode(200)
        .body("state", equalTo("acknowledged"))
        .body("acknowledgedBy", equalTo("admin"))
        .body("against", containsString("cooling down"));
    withToken().post(watch + "/acknowledgement").then().statusCode(409);
    assertThat(flip(id, "shadow")).isInstanceOf(FlipResult.Illegal.class);
    assertThat(Files.readString(data.path().resolve("breaches.json"))).contains(id, "admin");
  }

  private io.restassured.specification.RequestSpecification withToken() throws IOException {
    return given().header("Authorization", "Bearer " + data.token());
  }
}
