package dev.banyan.modulekit.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.modulekit.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The same key and the same request: one effect, one answer. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class IdempotencyIT {

  private final String prefix = "once" + UUID.randomUUID();
  private final String key = UUID.randomUUID().toString();

  @Inject DataSource database;

  @Test
  void aRepetitionGetsTheFirstAnswerAndDoesNothing() throws Exception {
    Response first = send("", "one");
    Response again = send("", "one");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.header("Idempotent-Replayed")).isNull();
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(again.header("X-Thing")).isEqualTo(first.header("X-Thing"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(things()).isOne();
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() throws Exception {
    send("", "one");

    assertThat(send("", "two").statusCode()).isEqualTo(422);
    assertThat(send("?status=202", "one").statusCode()).isEqualTo(422);
    assertThat(things()).isOne();
  }

  @Test
  void concurrentDuplicatesAddOneThingAndAllGetItsAnswer() throws Exception {
    List<Future<Response>> answers = new ArrayList<>();
    try (var clients = Executors.newFixedThreadPool(8)) {
      for (int at = 0; at < 24; at++) {
        answers.add(clients.submit(() -> send("?sleep=0.2", "one")));
      }
    }

    String first = answers.getFirst().get().asString();
    for (Future<Response> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(201);
      assertThat(answer.get().asString()).isEqualTo(first);
    }
    assertThat(things()).isOne();
  }

  @Test
  void whoWaitsTooLongForTheFirstIsToldToComeLater() throws Exception {
    try (var clients = Executors.newFixedThreadPool(2)) {
      Future<Response> one = clients.submit(() -> send("?sleep=3", "one"));
      Future<Response> other = clients.submit(() -> send("?sleep=3", "one"));

      assertThat(List.of(one.get().statusCode(), other.get().statusCode()))
          .containsExactlyInAnyOrder(201, 409);
      Response refused = one.get().statusCode() == 409 ? one.get() : other.get();
      assertThat(refused.header("Retry-After")).isEqualTo("1");
    }
    assertThat(things()).isOne();
  }

  @Test
  void aFailureFreesTheKeyAndARefusalIsKept() throws Exception {
    assertThat(send("?status=503", "one").statusCode()).isEqualTo(503);
    assertThat(send("?status=599", "one").statusCode()).isEqualTo(500);
    assertThat(things()).isZero();

    assertThat(send("?status=404", "one").statusCode()).isEqualTo(404);
    assertThat(send("?status=404", "one").header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(things()).isOne();
  }

  @Test
  void anExpiredKeyIsFree() throws Exception {
    send("", "one");
    try (Connection connection = database.getConnection();
        PreparedStatement age =
            connection.prepareStatement(
                "update kit_tests.idempotency_keys set expires_at = now() - interval '1 second'"
                    + " where key = ?")) {
      age.setString(1, key);
      assertThat(age.executeUpdate()).isOne();
    }

    assertThat(send("", "two").statusCode()).isEqualTo(201);
    assertThat(things()).isEqualTo(2);
  }

  @Test
  void aShadowRequestTakesNoKey() throws Exception {
    given()
        .header("Banyan-Shadow", "1")
        .header("Idempotency-Key", key)
        .body("one")
        .post("/once/" + prefix)
        .then()
        .statusCode(201);
    assertThat(things()).isZero();

    assertThat(send("", "two").header("Idempotent-Replayed")).isNull();
    assertThat(things()).isOne();
  }

  @Test
  void withoutAKeyEachRequestIsANewOne() throws Exception {
    given().body("one").post("/once/" + prefix).then().statusCode(201);
    given().body("one").post("/once/" + prefix).then().statusCode(201);

    assertThat(things()).isEqualTo(2);
  }

  @Test
  void aKeyThatNobodyCouldCompareIsRefused() {
    given()
        .header("Idempotency-Key", "a b")
        .body("one")
        .post("/once/" + prefix)
        .then()
        .statusCode(400);
  }

  private Response send(String query, String body) {
    return given().header("Idempotency-Key", key).body(body).post("/once/" + prefix + query);
  }

  private long things() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from kit_tests.things where name like ? || '%'")) {
      query.setString(1, prefix);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
