package dev.banyan.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.proxy.edge.EdgeLimits;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written of the edge is what the facade gets. */
final class EdgeConfigTest {
  private static EdgeConfig read(Map<String, String> written) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(EdgeConfig.class)
        .withDefaultValues(written)
        .build()
        .getConfigMapping(EdgeConfig.class);
  }

  @Test
  void withoutAnythingWrittenTheStandardLimitsHold() {
    assertThat(read(Map.of()).limits()).isEqualTo(EdgeLimits.STANDARD);
    assertThat(read(Map.of()).trustedProxies()).isEmpty();
    assertThat(read(Map.of()).idleTimeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void whatIsWrittenHolds() {
    EdgeConfig config =
        read(
            Map.of(
                "banyan.edge.head-within", "3s",
                "banyan.edge.idle", "10m",
                "banyan.edge.connections-per-address", "7",
                "banyan.edge.proxy-protocol", "required",
                "banyan.edge.trusted-proxies", "10.0.0.0/8,fd00::/8"));
    assertThat(config.limits().headWithin()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.idleTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.limits().connectionsPerAddress()).isEqualTo(7);
    assertThat(config.limits().proxyProtocol()).isEqualTo(EdgeLimits.ProxyProtocol.REQUIRED);
    assertThat(config.trustedProxies().orElseThrow()).containsExactly("10.0.0.0/8", "fd00::/8");
  }

  @Test
  void anIdleTimeTooShortToServeIsRefused() {
    assertThatThrownBy(() -> read(Map.of("banyan.edge.idle", "0s")).idleTimeout())
        .hasMessage("banyan.edge.idle: PT0S (expected: 1s or more)");
  }
}
