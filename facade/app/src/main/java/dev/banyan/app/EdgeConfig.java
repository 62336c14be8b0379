package dev.banyan.app;

import dev.banyan.proxy.edge.EdgeLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code banyan.edge.*}: what a client may ask of the facade; see docs/reference/edge.md. */
@ConfigMapping(prefix = "banyan.edge")
public interface EdgeConfig {
  @WithDefault("16384")
  int line();

  @WithDefault("65536")
  int headerBytes();

  @WithDefault("256")
  int headers();

  @WithDefault("0")
  long body();

  @WithDefault("10s")
  Duration headWithin();

  @WithDefault("240")
  int minimumRate();

  @WithDefault("5s")
  Duration rateGrace();

  @WithDefault("0")
  int connections();

  @WithDefault("0")
  int connectionsPerAddress();

  @WithDefault("off")
  EdgeLimits.ProxyProtocol proxyProtocol();

  Optional<List<String>> trustedProxies();

  @WithDefault("2m")
  Duration idle();

  /** {@link #idle}, checked. */
  default Duration idleTimeout() {
    if (idle().toMillis() < 1000) {
      throw new IllegalArgumentException("banyan.edge.idle: " + idle() + " (expected: 1s or more)");
    }
    return idle();
  }

  default EdgeLimits limits() {
    return new EdgeLimits(
        line(),
        headerBytes(),
        headers(),
        body(),
        headWithin(),
        minimumRate(),
        rateGrace(),
        connections(),
        connectionsPerAddress(),
        proxyProtocol());
  }
}
