package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one decision costs. Times are printed, not judged: machines differ and are shared. */
class DecideCostTest {
  private static final int WARM_UP = 30_000;
  private static final int ROUNDS = 100_000;
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Arguments> cases() {
    return Stream.of(10, 1_000, 10_000)
        .flatMap(
            size -> {
              RoutingTable table = RuleFiles.table(rules(size, ""), Map.of());
              RoutingTable lax =
                  RuleFiles.table(
                      rules(size, "paths: { case: insensitive, trailing-slash: ignored }"),
                      Map.of());
              int last = size - 1;
              return Stream.of(
                  at(table, size, "/api/v" + last % 7 + "/things" + last + "/4711", "things"),
                  at(table, size, "/api/v" + last % 7 + "/things" + last + "/4711/x", "rest"),
                  at(lax, size, "/API/V" + last % 7 + "/Things" + last + "/4711/", "things"),
                  at(table, size, "/Orders.ashx?a=1&action=list%20all", "orders"),
                  at(table, size, "http://shop.example:8080/cart/9", "cart"),
                  at(table, size, "http://eu.shop.example/cart/9", "carts"));
            });
  }

  private static Arguments at(RoutingTable table, int size, String url, String id) {
    return Arguments.of(size, url, id, table);
  }

  @ParameterizedTest(name = "{0} routes, {1}")
  @MethodSource("cases")
  void decidingAllocatesNothing(int size, String url, String id, RoutingTable table) {
    RequestHead head =
        SimpleRequestHead.of("GET", url, Map.of("x-tenant", "blue", "cookie", "a=1; session=4711"));
    assertThat(((Decision.Serve) table.decide(head, 0)).route().id()).startsWith(id);
    run(table, head, WARM_UP);

    long begin = System.nanoTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long seen = run(table, head, ROUNDS);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long nanos = System.nanoTime() - begin;

    System.out.printf(
        "%d routes, %s: %d ns, %.4f B per decision%n",
        size, url, nanos / ROUNDS, (double) allocated / ROUNDS);
    assertThat(seen).isPositive();
    // The JIT compiler may have to leave and enter compiled code once; an object each would be 16.
    assertThat(allocated).isLessThan(ROUNDS / 10);
  }

  private static long run(RoutingTable table, RequestHead head, int rounds) {
    long seen = 0;
    for (int i = 0; i < rounds; i++) {
      seen += ((Decision.Serve) table.decide(head, i * 0x9E3779B97F4A7C15L)).revision() + 1;
    }
    return seen;
  }

  private static String rules(int size, String paths) {
    StringBuilder text =
        new StringBuilder(
            """
            version: 1
            %s
            upstreams: { legacy: { url: http://127.0.0.1:1 }, new: { url: http://127.0.0.1:2 } }
            routes:
              - { id: rest, match: { path: /** }, legacy: legacy }
              - { id: orders, match: { path: /Orders.ashx, query: { action: list all } }, legacy: legacy }
              - { id: cart, match: { host: shop.example, path: "/cart/{id}" }, legacy: legacy }
              - { id: carts, match: { host: "*.shop.example", path: "/cart/{id}" }, legacy: legacy }
            """
                .formatted(paths));
    for (int i = 0; i < size; i++) {
      text.append(
          "  - { id: things%d, match: { methods: [GET], path: \"/api/v%d/things%d/{id}\", headers: { X-Tenant: blue } }, legacy: legacy, migrated: new, stage: canary:10, canary: { sticky: %s } }\n"
              .formatted(i, i % 7, i, i % 2 == 0 ? "{ header: X-Tenant }" : "{ cookie: session }"));
    }
    return text.toString();
  }
}
