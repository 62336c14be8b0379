package dev.banyan.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads of products and orders, from the captures of the sample legacy. */
final class CatalogTraffic {
  private static final List<String> CAPTURES =
      List.of(
          "001-orders-list-javascriptserializer",
          "002-order-one",
          "107-order-two",
          "003-order-missing-404-custom-reason",
          "004-order-bad-id-500-ysod",
          "086-webapi-list",
          "088-webapi-one",
          "108-webapi-two",
          "089-webapi-missing");

  static final int REQUESTS = CAPTURES.size();

  private CatalogTraffic() {}

  /** All of them as one recording. */
  static String recording() throws IOException {
    Path folder = Processes.HOME.resolve("legacy-adapters/sample-legacy/captures");
    StringBuilder recording = new StringBuilder();
    for (String name : CAPTURES) {
      recording
          .append(Files.readString(folder.resolve(name + ".http"), StandardCharsets.UTF_8))
          .append("\r\n");
    }
    return recording.toString();
  }

  /** By the route that each takes. */
  static final Map<String, List<String>> TARGETS =
      Map.of(
          "catalog.products",
          List.of("/api/products"),
          "catalog.product",
          List.of("/api/products/AB-1", "/api/products/CD-2", "/api/products/zzz"),
          "orders.read",
          List.of(
              "/Orders.ashx",
              "/Orders.ashx?id=10001",
              "/Orders.ashx?id=10002",
              "/Orders.ashx?id=1",
              "/Orders.ashx?id=abc"));

  static String rules(int legacy, int migrated) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          catalog: { url: http://127.0.0.1:%d }
        routes:
          - { id: catalog.products, match: { methods: [GET], path: /api/products }, legacy: legacy, migrated: catalog, stage: shadow, compare: dotnet-json }
          - { id: catalog.product, match: { methods: [GET], path: "/api/products/{id}" }, legacy: legacy, migrated: catalog, stage: shadow, compare: dotnet-json }
          - { id: orders.read, match: { methods: [GET], path: /Orders.ashx }, legacy: legacy, migrated: catalog, stage: shadow, compare: dotnet-json }
          - { id: everything-else, match: { path: /** }, legacy: legacy }
        """
        .formatted(legacy, migrated);
  }
}
