package dev.banyan.cli.demo;

/** The rule set of the demo, for the two upstreams that were started. */
final class DemoRules {
  private DemoRules() {}

  static String of(String legacy, String catalog) {
    return """
        version: 1
        upstreams:
          legacy: { url: "%s" }
          catalog: { url: "%s" }
        routes:
        """
            .formatted(legacy, catalog)
        + migrated("catalog.products", "/api/products")
        + migrated("catalog.product", "/api/products/{id}")
        + migrated("orders.read", "/Orders.ashx")
        + """
          - id: internals
            match: { path: /bin/** }
            refuse: 403
          - id: config
            match: { path: /web.config }
            refuse: 403
          - id: everything-else
            match: { path: /** }
            legacy: legacy
        """;
  }

  private static String migrated(String id, String path) {
    return """
          - id: %s
            match: { methods: [GET], path: "%s" }
            legacy: legacy
            migrated: catalog
            stage: shadow
            shadow: { sample: 100%% }
            compare: dotnet-json
            budget: { p95: 200ms }
            gate: { mismatches: 5%%, confidence: 95%%, samples: 50 }
        """
        .formatted(id, path)
        .indent(0);
  }
}
