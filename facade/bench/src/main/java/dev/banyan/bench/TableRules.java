package dev.banyan.bench;

import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RequestHead;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSetReader;
import dev.banyan.rules.SimpleRequestHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Rule sets as they grow around a .NET estate: collections and items by method, pages, handlers
 * with an action in the query, services, some routes by header and some by host. Ten routes are one
 * of each kind.
 */
final class TableRules {
  private static final int KINDS = 10;
  private static final int AREA = 20;

  private final int routes;

  TableRules(int routes) {
    this.routes = routes;
  }

  /**
   * The table.
   *
   * @param paths what stands under the rule file's key {@code paths}; empty for none
   */
  RoutingTable table(String paths) {
    StringBuilder text = new StringBuilder(200 * routes).append("version: 1\n").append(paths);
    text.append(
        "upstreams: { old: { url: http://127.0.0.1:1 }, new: { url: http://127.0.0.1:2 } }\n");
    text.append("routes:\n");
    for (int i = 0; i < routes; i++) {
      text.append("  - { id: r").append(i).append(", match: ").append(match(i));
      text.append(", legacy: old, migrated: new, stage: ").append(stage(i)).append(" }\n");
    }
    return switch (RuleSetReader.read("bench", text.toString())) {
      case ReadResult.Accepted accepted ->
          RoutingTable.compile(accepted.rules(), Map.of(), Set.of(), 1);
      case ReadResult.Rejected rejected ->
          throw new IllegalStateException(rejected.problems().getFirst().toString());
    };
  }

  private static String match(int i) {
    int n = i / KINDS;
    return switch (i % KINDS) {
      case 0 -> "{ methods: [GET], path: /api/area%d/things%d }".formatted(n / AREA, n);
      case 1 -> "{ methods: [GET], path: \"/api/area%d/things%d/{id}\" }".formatted(n / AREA, n);
      case 2 -> "{ methods: [POST], path: /api/area%d/things%d }".formatted(n / AREA, n);
      case 3 ->
          "{ methods: [PUT, DELETE], path: \"/api/area%d/things%d/{id}\" }".formatted(n / AREA, n);
      case 4 -> "{ path: \"/api/area%d/things%d/{id}/lines/{line}\" }".formatted(n / AREA, n);
      case 5 -> "{ path: /Pages/Area%d/Page%d.aspx }".formatted(n / AREA, n);
      case 6 -> "{ path: /Handlers/H%d.ashx, query: { action: list } }".formatted(n);
      case 7 ->
          "{ methods: [GET], path: \"/api/area%d/things%d/{id}\", headers: { X-Tenant: blue } }"
              .formatted(n / AREA, n);
      case 8 -> "{ host: shop%d.example, path: /cart%d/** }".formatted(n / AREA, n);
      default -> "{ path: /soap/Service%d.asmx/** }".formatted(n);
    };
  }

  private static String stage(int i) {
    return switch (i % 4) {
      case 0 -> "canary:10";
      case 1 -> "shadow";
      case 2 -> "live";
      default -> "legacy";
    };
  }

  /** Requests over all routes alike, in no order that a processor could learn. */
  RequestHead[] requests(int count) {
    Random random = new Random(42);
    List<RequestHead> heads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      heads.add(request(random.nextInt(routes)));
    }
    return heads.toArray(RequestHead[]::new);
  }

  /** The same requests, their paths spelled otherwise than the rules do. */
  RequestHead[] requestsInCapitals(int count) {
    return Arrays.stream(requests(count))
        .map(
            r ->
                head(r.method(), r.host(), r.path().toUpperCase(Locale.ROOT), r.query(), tenant(r)))
        .toArray(RequestHead[]::new);
  }

  private static String tenant(RequestHead request) {
    String tenant = request.header("x-tenant");
    return tenant == null ? "" : tenant;
  }

  private static RequestHead request(int i) {
    int n = i / KINDS;
    String thing = "/api/area%d/things%d".formatted(n / AREA, n);
    return switch (i % KINDS) {
      case 0 -> head("GET", "old.example", thing, "page=2", "red");
      case 1 -> head("GET", "old.example", thing + "/4711", "", "red");
      case 2 -> head("POST", "old.example", thing, "", "red");
      case 3 -> head("PUT", "old.example", thing + "/4711", "", "red");
      case 4 -> head("GET", "old.example", thing + "/4711/lines/3", "", "red");
      case 5 ->
          head("GET", "old.example", "/Pages/Area%d/Page%d.aspx".formatted(n / AREA, n), "", "red");
      case 6 ->
          head("GET", "old.example", "/Handlers/H%d.ashx".formatted(n), "a=1&action=list", "red");
      case 7 -> head("GET", "old.example", thing + "/4711", "", "blue");
      case 8 ->
          head("GET", "shop%d.example".formatted(n / AREA), "/cart%d/9".formatted(n), "", "red");
      default -> head("POST", "old.example", "/soap/Service%d.asmx/Get".formatted(n), "", "red");
    };
  }

  private static RequestHead head(
      String method, String host, String path, String query, String tenant) {
    return new SimpleRequestHead(method, host, path, query, Map.of("x-tenant", tenant));
  }
}
