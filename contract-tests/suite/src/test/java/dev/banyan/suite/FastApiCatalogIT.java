package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.legacy.sample.SampleLegacy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Python as the migrated side: what FastAPI and pydantic write differently from .NET is found, and
 * called by its name.
 */
class FastApiCatalogIT {
  @TempDir Path folder;

  @Test
  void theCatalogueInPythonDiffersWhereItsSerializersDoAndEachDifferenceHasItsDiagnosis()
      throws Exception {
    assertThat(signatures("catalog"))
        .containsExactlyInAnyOrder(
            "catalog.products: header.cache-control missing = caching-default",
            "catalog.product: header.cache-control missing = caching-default",
            "catalog.product: $ type = error-shape",
            "orders.read: header.cache-control missing = caching-default",
            "orders.read: $.Status type = enum-number",
            "orders.read: $.Lead type = time.timespan",
            "orders.read: $.RowVersion type = binary.form",
            "orders.read: $.OrderDate value = time.dotnet-date+time.zoneless",
            "orders.read: $[*].Status type = enum-number",
            "orders.read: $[*].Lead type = time.timespan",
            "orders.read: $[*].RowVersion type = binary.form",
            "orders.read: $[*].OrderDate value = time.dotnet-date+time.zoneless",
            "orders.read: $.Message missing = error-shape",
            "orders.read: $.ExceptionType missing = json.null-missing",
            "orders.read: $.detail extra = error-shape",
            "orders.read: status value = refused-not-failed",
            "orders.read: header.content-type value = media-type",
            "orders.read: body bytes = ");
  }

  @Test
  void aServiceThatKnowsNoneOfTheRoutesIsCalledThat() throws Exception {
    assertThat(signatures("sample"))
        .contains(
            "catalog.products: status value = route-missing",
            "catalog.product: status value = route-missing",
            "orders.read: status value = route-missing");
  }

  @Test
  void aReplayFindsWhatShadowedTrafficFinds() throws Exception {
    Set<String> replayed =
        signatures("catalog").stream()
            .map(signature -> signature.replaceFirst(" =.*", ""))
            .collect(Collectors.toSet());
    Set<String> live = new HashSet<>();
    try (SampleLegacy legacy = SampleLegacy.start(SampleLegacy.Options.defaults());
        FastApi migrated = FastApi.start(FastApi.python().orElseThrow(), "catalog", folder);
        Facade facade =
            Facade.start(folder, CatalogTraffic.rules(legacy.uri().getPort(), migrated.port()))) {
      for (String route : CatalogTraffic.TARGETS.keySet()) {
        for (String target : CatalogTraffic.TARGETS.get(route)) {
          facade.get(target);
        }
        Await.until(
            () -> compared(facade, route) == CatalogTraffic.TARGETS.get(route).size(),
            "all of " + route + " are compared");
        for (JsonNode one :
            facade.read("/api/v1/routes/" + route + "/mismatches").path("signatures")) {
          if (!one.path("standing").asText().equals("mismatch")) {
            continue;
          }
          live.add(route + ": " + one.path("location").asText() + " " + one.path("kind").asText());
        }
      }
    }

    assertThat(live).isEqualTo(replayed);
  }

  private static long compared(Facade facade, String route) throws Exception {
    JsonNode evidence = facade.read("/api/v1/routes/" + route + "/evidence");
    return evidence.path("matched").asLong()
        + evidence.path("tolerated").asLong()
        + evidence.path("mismatched").asLong();
  }

  /** {@code route: location kind = diagnosis}, printed with their counts. */
  private List<String> signatures(String service) throws Exception {
    Optional<String> python = FastApi.python();
    if (python.isEmpty()) {
      System.err.println(
          "fastapi: NOT TESTED AGAINST PYTHON ("
              + service
              + "), because no python3 here has fastapi and uvicorn; cure: apt-get install -y"
              + " --no-install-recommends python3-fastapi python3-uvicorn");
    }
    assumeTrue(python.isPresent(), "no python3 with fastapi and uvicorn");
    Path recording = Files.writeString(folder.resolve("t.http"), CatalogTraffic.recording());
    try (SampleLegacy legacy = SampleLegacy.start(SampleLegacy.Options.defaults());
        FastApi migrated = FastApi.start(python.get(), service, folder)) {
      Path rules =
          Files.writeString(
              folder.resolve("rules.yaml"),
              CatalogTraffic.rules(legacy.uri().getPort(), migrated.port()));
      Offline ran =
          Offline.run(
              folder,
              List.of(
                  "replay",
                  recording.toString(),
                  "--rules",
                  rules.toString(),
                  "--against",
                  "legacy,migrated",
                  "--json"));
      assertThat(ran.exit()).as(ran.output()).isEqualTo(1);
      return told(service, legacy.kind(), Facade.JSON.readTree(ran.output()).path("routes"));
    }
  }

  private static List<String> told(String service, SampleLegacy.Kind legacy, JsonNode routes) {
    List<String> signatures = new ArrayList<>();
    System.out.printf("fastapi: %s against the legacy (%s)%n", service, legacy);
    routes
        .properties()
        .forEach(
            route -> {
              for (JsonNode one : route.getValue().path("signatures")) {
                String signature =
                    "%s: %s %s = %s"
                        .formatted(
                            route.getKey(),
                            one.path("location").asText(),
                            one.path("kind").asText(),
                            one.path("diagnosis").asText());
                signatures.add(signature);
                System.out.printf(
                    "  %d of %d  %s  (%s | %s)%n",
                    one.path("pairs").asInt(),
                    route.getValue().path("pairs").asInt(),
                    signature,
                    one.path("control").asText(),
                    one.path("candidate").asText());
              }
            });
    return signatures;
  }
}
