package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many connections the rules allow to upstreams. */
final class PoolSizesTest {
  private static final FacadeSettings TWO_LOOPS =
      new FacadeSettings(
          "127.0.0.1", 0, 2, Duration.ofMinutes(1), 64, 1, List.of(), EdgeLimits.STANDARD);

  @Test
  void whatIsNotMigratedHasOnePoolForEachLoopAndUrl() {
    RuleSet rules =
        rules(
            "old: { urls: [http://127.0.0.1:1, http://127.0.0.1:2], connections: 10 }",
            "{ id: a, match: { path: /a }, legacy: old }",
            "{ id: b, match: { path: /b }, legacy: old }",
            "{ id: c, match: { path: /c }, refuse: 403 }");

    assertThat(PoolSizes.sum(rules, TWO_LOOPS)).isEqualTo(2 * 2 * 10);
  }

  @Test
  void whatIsMigratedHasPoolsForCopiesOfBothSidesNoneLargerThanCopiesAreUnderWay() {
    RuleSet rules =
        rules(
            "old: { url: http://127.0.0.1:1, connections: 10 }, "
                + "new: { url: http://127.0.0.1:2, connections: 100 }, "
                + "idle: { url: http://127.0.0.1:3, connections: 1000 }",
            "{ id: a, match: { path: /a }, legacy: old, migrated: new }");

    assertThat(PoolSizes.sum(rules, TWO_LOOPS)).isEqualTo(2 * (10 + 10 + 100 + 64));
  }

  @Test
  void requestsOfHttp2ShareConnectionsUnlessTlsMaySettleOnHttp1AndTunnelsHaveTheirs() {
    String route = "{ id: a, match: { path: /a }, legacy: old }";

    assertThat(
            PoolSizes.sum(
                rules("old: { url: http://127.0.0.1:1, protocol: h2 }", route), TWO_LOOPS))
        .isEqualTo(2 * (2 + 256));
    assertThat(
            PoolSizes.sum(
                rules("old: { url: https://127.0.0.1:1, protocol: h2 }", route), TWO_LOOPS))
        .isEqualTo(2 * (256 + 256));
  }

  private static RuleSet rules(String upstreams, String... routes) {
    String text =
        """
        version: 1
        upstreams: { %s }
        routes: [ %s ]
        """
            .formatted(upstreams, String.join(", ", routes));
    return ((ReadResult.Accepted) RuleSetReader.read("rules.yaml", text)).rules();
  }
}
