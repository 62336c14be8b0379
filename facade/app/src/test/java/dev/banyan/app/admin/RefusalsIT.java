package dev.banyan.app.admin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.banyan.app.DataFolder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the admin side refuses, and how well it says why; also without a database. */
@QuarkusTest
@TestProfile(LoneAdmin.class)
class RefusalsIT {
  private static final String STAGE = "/api/v1/routes/r/stage";

  @Inject DataFolder data;

  @Test
  void whatIsWrongWithTheBodyIsNamed() throws IOException {
    assertProblem(withJson("{\"tto\":\"shadow\"}").post(STAGE), 400, "tto");
    assertProblem(withJson("{\"to\":").post(STAGE), 400, "JSON");
    assertProblem(withJson("[]").post(STAGE), 400, "body");
    assertProblem(
        withJson("{\"to\":\"shadow\",\"expectedRevision\":\"x\"}").post(STAGE),
        400,
        "expectedRevision");
    assertProblem(withJson("{}").post(STAGE), 400, "to:");
    assertProblem(withJson("{\"limit\":0}").post("/api/v1/routes/r/contract/recording"), 400, "0");
  }

  @Test
  void anImpossibleRevisionIsStaleAndNoFault() throws IOException {
    assertProblem(
        withJson("{\"to\":\"shadow\",\"expectedRevision\":-1}").post(STAGE), 409, "revision");
  }

  @Test
  void whatIsWrongWithTheAddressIsNamed() throws IOException {
    assertProblem(withToken().get("/api/v1/history?limit=0"), 400, "limit");
    assertProblem(withToken().get("/api/v1/explain"), 400, "url");
    assertProblem(
        withToken().queryParam("url", "/a").queryParam("header", "x").get("/api/v1/explain"),
        400,
        "header");
    assertProblem(withToken().get("/api/v1/routes/none/evidence"), 404, "none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[", "http://", "/%zz", "/a b", "//", "http://h:99999/"})
  void anOddAddressIsExplainedOrRefusedButNoFault(String url) throws IOException {
    Response answer = withToken().queryParam("url", url).get("/api/v1/explain");

    assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 400);
  }

  @Test
  void theSchemeOfAuthorizationIsReadInAnyCase() throws IOException {
    for (String scheme : new String[] {"Bearer ", "bearer ", "BEARER "}) {
      given()
          .header("Authorization", scheme + data.token())
          .get("/api/v1/routes")
          .then()
          .statusCode(200);
    }
  }

  @Test
  void withoutADatabaseWhatNeedsTheLedgerSaysSo() throws IOException {
    assertProblem(withToken().get("/api/v1/history"), 503, "ledger");
    assertProblem(withToken().get("/api/v1/routes/r/history"), 503, "ledger");
    assertProblem(withToken().get("/api/v1/ledger/verification"), 503, "ledger");
    assertProblem(withJson("{\"to\":\"shadow\"}").post(STAGE), 503, "ledger");
    withToken().get("/api/v1/routes").then().statusCode(200).body("ledger", equalTo("down"));
  }

  private RequestSpecification withToken() throws IOException {
    return given().header("Authorization", "Bearer " + data.token());
  }

  private RequestSpecification withJson(String body) throws IOException {
    return withToken().contentType("application/json").body(body);
  }

  private static void assertProblem(Response answer, int status, String named) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.jsonPath().getInt("status")).isEqualTo(status);
    assertThat(answer.jsonPath().getString("detail")).contains(named);
  }
}
