package dev.banyan.catalog;

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

/** Sends what was once sent to the legacy system, and compares with what that answered. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LegacyContractIT {

  private static final List<String> VISIBLE_HEADERS =
      List.of("content-type", "cache-control", "expires", "pragma", "allow", "location");

  private static final String SHIPPED = "\"ShippedDate\":\"\\/Date(1394611200000)\\/\"";
  private static final String SHIPPED_FOUR_HOURS_LATE =
      "\"ShippedDate\":\"\\/Date(1394625600000)\\/\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "086-webapi-list",
        "087-webapi-list-xml",
        "088-webapi-one",
        "089-webapi-missing",
        "094-webapi-case",
        "202-webapi-one-xml",
        "203-webapi-missing-xml",
        "204-webapi-browser-accept",
        "205-webapi-text-json",
        "206-webapi-quote",
        "207-webapi-trailing-slash",
        "208-webapi-id-in-query"
      })
  void productsAreAnsweredByteForByte(String name) {
    Capture legacy = Capture.named(name);

    Response answer = send(legacy);

    assertThat(body(answer)).isEqualTo(legacy.body());
    assertSameHead(answer, legacy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "002-order-one",
        "003-order-missing-404-custom-reason",
        "009-order-put-405",
        "010-order-head",
        "011-order-options",
        "012-order-patch",
        "015-orders-pathinfo",
        "209-order-id-with-blanks",
        "210-order-id-leading-zeros"
      })
  void ordersWithoutAShippedDateAreAnsweredByteForByte(String name) {
    Capture legacy = Capture.named(name);

    Response answer = send(legacy);

    assertThat(body(answer)).isEqualTo(legacy.body());
    assertSameHead(answer, legacy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"001-orders-list-javascriptserializer", "201-order-two"})
  void thePlantedMistakeShiftsTheShippedDateAndNothingElse(String name) {
    Capture legacy = Capture.named(name);
    assertThat(legacy.body()).containsOnlyOnce(SHIPPED);

    Response answer = send(legacy);

    assertThat(body(answer)).isEqualTo(legacy.body().replace(SHIPPED, SHIPPED_FOUR_HOURS_LATE));
    assertSameHead(answer, legacy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"004-order-bad-id-500-ysod", "211-order-id-twice"})
  void anIdThatIsNoNumberFailsWithThePlainHeadOfTheLegacysErrorPage(String name) {
    Capture legacy = Capture.named(name);

    Response answer = send(legacy);

    assertSameHead(answer, legacy);
    assertThat(body(answer)).contains("Application Exception").doesNotContain(" at ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "PATCH", "POST", "PUT", "DELETE"})
  void productsRefuseEveryOtherMethodAsWebApiDoes(String method) {
    Response answer = client().request(method, "/api/products");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.contentType()).isEqualTo("application/json; charset=utf-8");
    if (!method.equals("HEAD")) {
      assertThat(body(answer))
          .isEqualTo("\"The requested resource does not support http method '" + method + "'.\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE"})
  void writesOfOrdersStayWithTheLegacy(String method) {
    Response answer = client().request(method, "/Orders.ashx?id=10001");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET");
  }

  @Test
  void aSkuThatNoTableCanHoldIsJustNotFound() {
    Response answer = client().get("/api/products/a%00b");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(body(answer)).isEqualTo("\"Product a\\u0000b not found\"");
  }

  @Test
  void anUnreadableAcceptGetsJson() {
    Response answer = client().header("Accept", "garbage").get("/api/products/AB-1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json; charset=utf-8");
  }

  @Test
  void healthIsUpWhileTheDatabaseAnswers() {
    client().get("/q/health").then().statusCode(200);
  }

  private static Response send(Capture legacy) {
    RequestSpecification request = client();
    legacy
        .requestHeaders()
        .forEach(
            (name, value) -> {
              if (name.equals("accept")) {
                request.header("Accept", value);
              }
            });
    return request.request(legacy.method(), legacy.target());
  }

  /** As plain as possible: nothing encoded, nothing added, no redirect followed. */
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
