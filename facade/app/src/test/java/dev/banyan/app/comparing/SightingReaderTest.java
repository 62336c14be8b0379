package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Sighting;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SightingReaderTest {
  private static final RequestCopy REQUEST =
      new RequestCopy("GET", "/a?size=1&page=2", Headers.NONE, Body.EMPTY);

  private final SightingReader reader = new SightingReader("X-Version");
  private final Pair inShadow = Pairs.pair("1", "1");

  private static Observation answered(String version) {
    return new Observation.Answered(
        200,
        new Headers(
            List.of(
                new Headers.Field("Content-Type", "application/json; charset=utf-8"),
                new Headers.Field("x-version", version))),
        new Body.Whole("{\"a\":1}".getBytes(StandardCharsets.UTF_8)),
        Headers.NONE,
        Duration.ofMillis(1),
        Duration.ofMillis(2));
  }

  @Test
  void theVersionIsTheOneThatTheMigratedSideNames() {
    Pair pair = new Pair(inShadow.decision(), REQUEST, answered("legacy-9"), answered("v2"));

    assertThat(reader.ofCandidate(pair)).isEqualTo(new Sighting(Optional.of("v2"), List.of()));
    assertThat(reader.withBody(pair).version()).contains("v2");
  }

  @Test
  void whatLegacyServesSaysNothingOfTheCandidatesVersion() {
    Sighting seen =
        reader.of(new ServedExchange(inShadow.decision(), answered("legacy-9"), REQUEST));

    assertThat(seen.version()).isEmpty();
    assertThat(seen.shapes()).containsExactly("GET 2xx ?page&size application/json");
  }

  @Test
  void anExchangeThatIsNotMirroredHasNoShape() {
    assertThat(reader.of(new ServedExchange(inShadow.decision(), answered("v2"), null)))
        .isEqualTo(Sighting.NONE);
  }

  @Test
  void aLookAtTheBodyAddsItsShape() {
    Pair pair = new Pair(inShadow.decision(), REQUEST, answered("1"), answered("v2"));

    Sighting seen = reader.withBody(pair);

    assertThat(seen.version()).contains("v2");
    assertThat(seen.shapes())
        .hasSize(2)
        .startsWith("GET 2xx ?page&size application/json")
        .last()
        .asString()
        .startsWith("body ");
  }
}
