package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractReport;
import dev.banyan.contracts.ContractVerifier;
import dev.banyan.contracts.ContractYaml;
import dev.banyan.legacy.sample.SampleLegacy;
import dev.banyan.parity.Difference;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contracts recorded from the real legacy hold on it, and on the module but for its planted
 * mistake.
 */
class RecordedContractsIT {
  private static final Map<String, List<String>> REQUESTS =
      Map.of(
          "catalog.products", List.of("/api/products"),
          "catalog.product",
              List.of("/api/products/AB-1", "/api/products/CD-2", "/api/products/zzz"),
          "orders.read",
              List.of(
                  "/Orders.ashx",
                  "/Orders.ashx?id=10001",
                  "/Orders.ashx?id=10002",
                  "/Orders.ashx?id=1"));

  @Test
  void contractsHoldOnTheLegacyAndFindOnlyThePlantedMistakeInTheModule(@TempDir Path folder)
      throws Exception {
    try (SampleLegacy legacy = SampleLegacy.start(SampleLegacy.Options.defaults());
        Catalog catalog = Catalog.start(folder);
        Facade facade = Facade.start(folder, rules(legacy.uri().getPort(), catalog.port()))) {
      List<ContractReport> onLegacy = new ArrayList<>();
      List<ContractReport> onCatalog = new ArrayList<>();
      for (String route : REQUESTS.keySet()) {
        Contract contract = record(facade, route);
        assertThat(contract.interactions()).hasSize(REQUESTS.get(route).size());
        onLegacy.add(ContractVerifier.verify(contract, legacy.uri()));
        onCatalog.add(
            ContractVerifier.verify(contract, URI.create("http://127.0.0.1:" + catalog.port())));
      }

      System.out.printf(
          "contracts: on the legacy %d passed, %d failed; on catalog %d passed, %d failed%n",
          passed(onLegacy), failed(onLegacy), passed(onCatalog), failed(onCatalog));
      assertThat(failed(onLegacy)).as(onLegacy.toString()).isZero();
      assertThat(passed(onLegacy)).isEqualTo(8);
      List<String> found =
          onCatalog.stream()
              .flatMap(r -> r.results().stream())
              .filter(r -> !r.passed())
              .flatMap(r -> r.differences().stream())
              .map(Difference::location)
              .toList();
      assertThat(failed(onCatalog)).as(found.toString()).isEqualTo(2);
      assertThat(found).allMatch(location -> location.endsWith(".ShippedDate"));
    }
  }

  private static Contract record(Facade facade, String route) throws Exception {
    String recording = "/api/v1/routes/" + route + "/contract/recording";
    HttpResponse<String> started = facade.call("POST", recording, "{\"limit\":20}");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    for (String target : REQUESTS.get(route)) {
      facade.get(target);
    }
    Await.until(
        () -> facade.read(recording).path("kept").asInt() == REQUESTS.get(route).size(),
        "every exchange is kept");
    HttpResponse<String> ended = facade.call("DELETE", recording, "");
    assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
    return ContractYaml.read(route, ended.body());
  }

  private static long passed(List<ContractReport> reports) {
    return reports.stream().mapToLong(ContractReport::passed).sum();
  }

  private static long failed(List<ContractReport> reports) {
    return reports.stream().mapToLong(ContractReport::failed).sum();
  }

  private static String rules(int legacy, int catalog) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          catalog: { url: http://127.0.0.1:%d }
        routes:
          - { id: catalog.products, match: { methods: [GET], path: /api/products }, legacy: legacy, migrated: catalog, compare: dotnet-json }
          - { id: catalog.product, match: { methods: [GET], path: "/api/products/{id}" }, legacy: legacy, migrated: catalog, stage: shadow, compare: dotnet-json }
          - { id: orders.read, match: { methods: [GET], path: /Orders.ashx }, legacy: legacy, migrated: catalog, stage: shadow, compare: dotnet-json }
          - { id: everything-else, match: { path: /** }, legacy: legacy }
        """
        .formatted(legacy, catalog);
  }
}
