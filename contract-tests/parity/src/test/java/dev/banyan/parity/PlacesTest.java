package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Locations against the base that the client saw, and trailers. */
class PlacesTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);
  private static final RequestCopy REQUEST =
      new RequestCopy(
          "POST",
          "/api/orders/new?a=1",
          new Headers(List.of(new Headers.Field("Host", "shop.example"))),
          Body.EMPTY);

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/api/orders/7, /api/orders/7, ''",
    "https://SHOP.example:443/api/orders/7, /api/orders/7, ''",
    "/api/orders/7, 7, ''",
    "/api/orders/7?x=1, ../orders/7?x=1, ''",
    "//shop.example/a, /a, ''",
    "https://shop.example, /, ''",
    "http://legacy-01:8080/api/orders/7, /api/orders/7, header.location value",
    "http://legacy-01:8080/api/orders/7, https://shop.example/api/orders/7, header.location value",
    "https://shop.example/a, http://shop.example/a, header.location value",
    "https://shop.example/a, /b, header.location value",
    "/A, /a, header.location value",
  })
  void aLocationIsWhereItLeadsTheClient(String control, String candidate, String expected) {
    Comparison comparison = STRICT.compare(REQUEST, location(control), location(candidate));

    assertThat(String.join(";", Answers.differences(comparison))).isEqualTo(expected);
  }

  @Test
  void withoutTheRequestALocationIsComparedAsSent() {
    Comparison comparison = STRICT.compare(location("https://shop.example/a"), location("/a"));

    assertThat(Answers.differences(comparison)).containsExactly("header.location value");
  }

  @Test
  void anotherPlaceAtTheLegacyHostIsCalledSo() {
    Comparison comparison =
        STRICT.compare(REQUEST, location("http://legacy-01/api/orders/7"), location("/orders/7"));

    assertThat(comparison)
        .isInstanceOfSatisfying(
            Comparison.Mismatch.class,
            mismatch ->
                assertThat(mismatch.differences().getFirst().diagnosis().name())
                    .isEqualTo("legacy-host"));
  }

  @Test
  void anotherGrpcStatusIsADifference() {
    assertThat(Answers.differences(STRICT.compare(trailers("0", "x"), trailers("5", "x"))))
        .containsExactly("trailer.grpc-status value");
  }

  @Test
  void aGrpcStatusAmongTheHeadersIsTheSameAsInTrailers() {
    Observation.Answered only =
        Answers.with(200, Body.EMPTY, "Grpc-Status", "5", "Grpc-Message", "no");
    Observation.Answered behind =
        trailing(
            List.of(
                new Headers.Field("grpc-status", "5"), new Headers.Field("grpc-message", "no")));

    assertThat(STRICT.compare(behind, only)).isEqualTo(new Comparison.Match());
  }

  @Test
  void otherTrailersAreComparedWhereTheProfileNamesThem() {
    CompareProfile named =
        new CompareProfile(
            "named", Set.of("trailer.x-checksum"), CompareProfile.Arrays.ORDERED, List.of());
    Observation control = trailers("0", "1");
    Observation candidate = trailers("0", "2");

    assertThat(Answers.differences(Comparer.of(named).compare(control, candidate)))
        .containsExactly("trailer.x-checksum value");
    assertThat(STRICT.compare(control, candidate)).isEqualTo(new Comparison.Match());
  }

  private static Observation location(String value) {
    return Answers.with(302, Body.EMPTY, "Location", value);
  }

  private static Observation trailers(String status, String checksum) {
    return trailing(
        List.of(
            new Headers.Field("grpc-status", status), new Headers.Field("x-checksum", checksum)));
  }

  private static Observation.Answered trailing(List<Headers.Field> trailers) {
    return new Observation.Answered(
        200, Headers.NONE, Body.EMPTY, new Headers(trailers), Duration.ZERO, Duration.ZERO);
  }
}
