package dev.banyan.modulekit.shadow;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.banyan.modulekit.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request, once as shadow and once for real: the same answer, and a trace of one only. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ShadowRequestIT {

  private final String name = "t" + UUID.randomUUID();

  @Inject Things things;

  @ParameterizedTest
  @CsvSource({
    "required,1",
    "platform-thread,1",
    "requires-new,3",
    "by-program,1",
    "plain,1",
    "plain-twice,1",
    "by-hand,1"
  })
  void aShadowWriteIsAnsweredAsTheRealOneAndLeavesNothing(String kind, int things)
      throws Exception {
    Response shadow = given().header("Banyan-Shadow", "1").post("/things/" + name + "/" + kind);

    assertThat(shadow.body().asString()).isEqualTo("sees " + things);
    assertThat(shadow.statusCode()).isEqualTo(201);
    assertThat(shadow.header("Banyan-Shadow")).isEqualTo("1");
    assertThat(this.things.count(name + "%")).isZero();

    Response real = given().post("/things/" + name + "/" + kind);

    assertThat(real.body().asString()).isEqualTo(shadow.body().asString());
    assertThat(real.header("Banyan-Shadow")).isNull();
    assertThat(this.things.count(name + "%")).isEqualTo(things);
  }

  @Test
  void aConflictIsAnsweredAsConflict() throws Exception {
    things.plain(name, null);

    Response shadow = given().header("Banyan-Shadow", "1").post("/things/" + name + "/required");
    Response real = given().post("/things/" + name + "/required");

    assertThat(shadow.statusCode()).isEqualTo(409);
    assertThat(shadow.body().asString()).contains("things_name_key");
    assertThat(real.statusCode()).isEqualTo(409);
    assertThat(real.body().asString()).isEqualTo(shadow.body().asString());
    assertThat(things.count(name)).isOne();
  }

  @Test
  void aConstraintThatWaitsForTheCommitIsCheckedAsWell() throws Exception {
    Response shadow =
        given()
            .header("Banyan-Shadow", "1")
            .post("/things/" + name + "/required?parent=nobody-" + name);
    Response real = given().post("/things/" + name + "/required?parent=nobody-" + name);

    assertThat(shadow.statusCode()).isEqualTo(409);
    assertThat(real.statusCode()).isEqualTo(409);
    assertThat(real.body().asString()).isEqualTo(shadow.body().asString());
    assertThat(things.count(name)).isZero();
  }

  @Test
  void aDeferredConstraintMayBeFulfilledLater() {
    Response shadow =
        given().header("Banyan-Shadow", "1").post("/things/" + name + "/required?parent=" + name);

    assertThat(shadow.body().asString()).isEqualTo("sees 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"commit", "select 1; COMMIT", "/* x */ end", "rollback", "start transaction"})
  void sqlThatEndsTheTransactionIsRefused(String sql) throws Exception {
    Response shadow =
        given()
            .header("Banyan-Shadow", "1")
            .queryParam("sql", sql)
            .post("/things/" + name + "/sql-commit");

    assertThat(shadow.statusCode()).isEqualTo(409);
    assertThat(shadow.header("Banyan-Shadow-Refused")).contains("SQL that ends a transaction");
    assertThat(things.count(name)).isZero();
  }

  @Test
  void aCallToAnUnknownHostIsRefusedAndOneToAKnownHostIsSentAsShadow() throws Exception {
    List<String> marks = new CopyOnWriteArrayList<>();
    HttpServer neighbour =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    neighbour.createContext(
        "/",
        call -> {
          marks.add(String.valueOf(call.getRequestHeaders().getFirst("Banyan-Shadow")));
          call.sendResponseHeaders(204, -1);
          call.close();
        });
    neighbour.start();
    int port = neighbour.getAddress().getPort();
    try {
      Response refused = callAsShadow("http://127.0.0.1:" + port);
      assertThat(refused.header("Banyan-Shadow-Refused"))
          .isEqualTo(
              "shadow request: call to 127.0.0.1:"
                  + port
                  + " (expected: a host of banyan.shadow.pass-on-to)");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(marks).isEmpty();

      Response passed = callAsShadow("http://localhost:" + port);
      assertThat(passed.statusCode()).describedAs(passed.asString()).isEqualTo(201);
      assertThat(marks).containsExactly("1");
      assertThat(things.count(name)).isZero();

      given().queryParam("to", "http://127.0.0.1:" + port).post("/things/" + name + "/call");
      assertThat(marks).containsExactly("1", "null");
    } finally {
      neighbour.stop(0);
    }
  }

  private Response callAsShadow(String to) {
    return given()
        .header("Banyan-Shadow", "1")
        .queryParam("to", to)
        .post("/things/" + name + "/call");
  }
}
