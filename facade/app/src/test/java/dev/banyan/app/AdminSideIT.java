package dev.banyan.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.banyan.app.comparing.Exemplar;
import dev.banyan.app.comparing.MismatchJournal;
import dev.banyan.app.comparing.Standing;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Signature;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.RedirectConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The door of the admin side as a browser, a neighbour's page and a stranger meet it. */
@QuarkusTest
@QuarkusTestResource(OwnFacade.class)
class AdminSideIT {
  private static final String DRY_RUN = "{\"to\":\"shadow\",\"dryRun\":true}";

  @Inject DataFolder data;
  @Inject RunningFacade facade;
  @Inject MismatchJournal journal;

  @BeforeEach
  void startTheDataPlane() throws IOException {
    if (!facade.listening()) {
      facade.start();
    }
  }

  @Test
  void theLinkGivesACookieAndTakesTheTokenOutOfTheAddress() throws IOException {
    Response answer =
        given()
            .config(
                RestAssured.config()
                    .redirect(RedirectConfig.redirectConfig().followRedirects(false)))
            .get("/?token=" + data.token());

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo("/");
    assertThat(answer.header("set-cookie"))
        .startsWith("banyan-admin=" + data.token())
        .contains("HTTPOnly", "SameSite=Strict", "Path=/");
    assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    withCookie().get("/").then().statusCode(200).body(containsString("banyan.js"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/?token=guess", "/api/v1/routes", "/q/openapi", "/banyan.js", "/actions.js"})
  void withoutTheTokenTheAnswerIs401(String path) {
    given()
        .get(path)
        .then()
        .statusCode(401)
        .header("www-authenticate", "Bearer")
        .contentType(startsWith("application/problem+json"))
        .body("status", equalTo(401));
    given().header("Authorization", "Bearer guess").get(path).then().statusCode(401);
    given().cookie("banyan-admin", "guess").get(path).then().statusCode(401);
  }

  @Test
  void theTokenInTheAddressOpensNothingButThePage() throws IOException {
    given().get("/api/v1/routes?token=" + data.token()).then().statusCode(401);
  }

  @Test
  void aNeighboursPageCannotChangeAnythingWithTheCookie() throws IOException {
    flip(withCookie()).then().statusCode(403);
    flip(withCookie().header("Sec-Fetch-Site", "cross-site")).then().statusCode(403);
    flip(withCookie().header("Sec-Fetch-Site", "same-site")).then().statusCode(403);
    flip(withCookie().header("Origin", "http://evil.example")).then().statusCode(403);
    flip(withCookie().header("Origin", "null")).then().statusCode(403);

    flip(withCookie().header("Sec-Fetch-Site", "same-origin")).then().statusCode(200);
    flip(withToken()).then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "127.0.0.1, 200",
    "127.0.0.1:9, 200",
    "[::1]:9, 200",
    "evil.example, 421",
    "127.0.0.1.evil.example:9, 421"
  })
  void aNameThatSomebodyElsePointsHereIsRefused(String host, String status) throws IOException {
    assertThat(statusLine(host)).startsWith("HTTP/1.1 " + status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/routes", "/nowhere", "/q/health"})
  void everyAnswerSaysWhatABrowserMayDoWithIt(String path) throws IOException {
    for (Response answer : List.of(given().get(path), withToken().get(path))) {
      assertThat(answer.header("content-security-policy"))
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    }
  }

  @Test
  void whatTheRestDoesNotHaveIsAProblem() throws IOException {
    assertProblem(withToken().get("/api/v1/nowhere"), 404);
    assertProblem(withToken().delete("/api/v1/routes"), 405);
    assertProblem(
        withToken().contentType("text/plain").body("x").post("/api/v1/routes/r/stage"), 415);
    assertProblem(
        withToken().contentType("application/json").body("{").post("/api/v1/routes/r/stage"), 400);
    assertProblem(
        withToken()
            .contentType("application/json")
            .body("{\"to\":\"shadow\",\"forse\":true}")
            .post("/api/v1/routes/r/stage"),
        400);
  }

  @Test
  void differencesCarryTheWordsOfTheContract() throws IOException {
    journal.recall(
        "r",
        List.of(
            new MismatchJournal.Sighting(
                new Signature("$.a", Difference.Kind.MISSING, "null"),
                new Standing.Mismatch(),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(
                    new Exemplar(
                        Instant.EPOCH,
                        "GET",
                        "/a",
                        "legacy",
                        new Exemplar.Seen(200, "1", null),
                        new Exemplar.Seen(null, "connect-refused", null),
                        List.of(new Exemplar.Place("$.a", "missing", "1", "")),
                        null)))));

    withToken()
        .get("/api/v1/routes/r/mismatches")
        .then()
        .statusCode(200)
        .body("signatures[0].kind", equalTo("missing"))
        .body("signatures[0].diagnosis", equalTo("null"))
        .body("signatures[0].standing", equalTo("stale"))
        .body("signatures[0].exemplars[0].differences[0].kind", equalTo("missing"))
        .body("signatures[0].exemplars[0].candidate.status", equalTo(null));
  }

  @Test
  void thePageHoldsNoScriptOfItsOwnAndWritesValuesAsText() throws IOException {
    assertThat(withToken().get("/").asString())
        .doesNotContainPattern("<script(?![^>]*src)")
        .doesNotContainPattern("\\son\\w+=")
        .doesNotContain("style=", "http://", "https://");
    assertThat(withToken().get("/elements.js").asString()).contains("textContent");
    for (String script : List.of("/banyan.js", "/elements.js", "/actions.js", "/rows.js")) {
      assertThat(withToken().get(script).then().statusCode(200).extract().asString())
          .doesNotContain(
              "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }
  }

  @Test
  void theProbesAreOpenAndTellOfTheLedger() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'data plane' }.data.ledger", equalTo("up"));
    given().get("/q/health/live").then().statusCode(200);
  }

  private RequestSpecification withToken() throws IOException {
    return given().header("Authorization", "Bearer " + data.token());
  }

  private RequestSpecification withCookie() throws IOException {
    return given().cookie("banyan-admin", data.token());
  }

  private static Response flip(RequestSpecification request) {
    return request.contentType("application/json").body(DRY_RUN).post("/api/v1/routes/r/stage");
  }

  private static void assertProblem(Response answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.jsonPath().getInt("status")).isEqualTo(status);
  }

  private String statusLine(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket
          .getOutputStream()
          .write(
              ("GET /api/v1/routes HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nAuthorization: Bearer "
                      + data.token()
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
