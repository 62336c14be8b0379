package dev.banyan.orders;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends what was once sent to the legacy system, and compares with what that answered.
 *
 * <p>Writes are sent as shadow: the answer is the real one, and the orders stay those of the
 * recording.
 */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LegacyContractIT {

  private static final List<String> VISIBLE_HEADERS =
      List.of("content-type", "cache-control", "allow", "location");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "001-orders-list-javascriptserializer",
        "002-order-one",
        "003-order-missing-404-custom-reason",
        "009-order-put-405",
        "010-order-head",
        "011-order-options",
        "012-order-patch",
        "015-orders-pathinfo",
        "107-order-two",
        "109-order-change",
        "110-order-change-missing",
        "008-order-delete-404-empty"
      })
  void readsChangesAndRefusalsAreAnsweredByteForByte(String name) {
    Capture legacy = Capture.named(name);

    Response answer = send(legacy);

    assertThat(body(answer)).isEqualTo(legacy.body());
    assertSameHead(answer, legacy);
  }

  @Test
  void aCreationIsAnsweredByteForByteButForItsNumber() {
    Capture legacy = Capture.named("005-order-post-json");

    Response answer = send(legacy);

    String number = answer.jsonPath().getString("d.OrderID");
    assertThat(body(answer)).isEqualTo(legacy.body().replace("10003", number));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo("/Orders.ashx?id=" + number);
    assertThat(answer.contentType()).isEqualTo("application/json");
  }

  @Test
  void aCancellationIsAnsweredAsTheLegacyDoes() {
    Response answer = client().header("Banyan-Shadow", "1").delete("/Orders.ashx?id=10001");

    assertThat(answer.statusCode()).isEqualTo(Capture.named("007-order-delete-204").status());
    assertThat(body(answer)).isEmpty();
    client().get("/Orders.ashx?id=10001").then().statusCode(200);
  }

  @Test
  void anIdThatIsNoNumberFailsWithThePlainHeadOfTheLegacysErrorPage() {
    Capture legacy = Capture.named("004-order-bad-id-500-ysod");

    assertSameHead(send(legacy), legacy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"CustomerName\":",
        "[]",
        "null",
        "{\"Total\":\"abc\"}",
        "{} {}",
        "{\"Lead\":1}"
      })
  void whatCannotBeReadFailsAndCreatesNothing(String body) {
    Response answer = client().contentType("application/json").body(body).post("/Orders.ashx");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.contentType()).isEqualTo("text/html");
  }

  private static Response send(Capture legacy) {
    RequestSpecification request = client().header("Banyan-Shadow", "1");
    if (!legacy.sent().isEmpty()) {
      request.contentType("application/json").body(legacy.sent().getBytes(StandardCharsets.UTF_8));
    }
    return request.request(legacy.method(), legacy.target());
  }

  private static RequestSpecification client() {
    return given()
        .config(
            RestAssuredConfig.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
        .urlEncodingEnabled(false)
        .redirects()
        .follow(false);
  }

  private static void assertSameHead(Response answer, Capture legacy) {
    assertThat(answer.statusCode()).isEqualTo(legacy.status());
    for (String name : VISIBLE_HEADERS) {
      assertThat(answer.headers().getValues(name))
          .describedAs(name)
          .isEqualTo(legacy.header(name).map(List::of).orElse(List.of()));
    }
  }

  private static String body(Response answer) {
    return new String(answer.asByteArray(), StandardCharsets.UTF_8);
  }
}
