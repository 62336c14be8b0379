package dev.banyan.proxy;

import dev.banyan.proxy.edge.EdgeLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the facade listens.
 *
 * @param host an address of this machine; loopback unless somebody asked for more
 * @param port 0 for any free one
 * @param eventLoops servers that share the port, one event loop each
 * @param idleTimeout a connection on which nothing moves for this long is closed
 * @param shadowsInFlight copies under way at the most, over all event loops
 * @param shadowBytes bytes of bodies held for copies at the most, over all event loops
 * @param trustedProxies addresses and networks (CIDR) whose X-Forwarded-* and Forwarded headers are
 *     believed; others' are replaced
 * @param edge what a client may ask for
 * @param tls where it also listens with TLS
 */
public record FacadeSettings(
    String host,
    int port,
    int eventLoops,
    Duration idleTimeout,
    int shadowsInFlight,
    long shadowBytes,
    List<String> trustedProxies,
    EdgeLimits edge,
    Optional<TlsListener> tls) {
  public FacadeSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** Without TLS. */
  public FacadeSettings(
      String host,
      int port,
      int eventLoops,
      Duration idleTimeout,
      int shadowsInFlight,
      long shadowBytes,
      List<String> trustedProxies,
      EdgeLimits edge) {
    this(
        host,
        port,
        eventLoops,
        idleTimeout,
        shadowsInFlight,
        shadowBytes,
        trustedProxies,
        edge,
        Optional.empty());
  }

  /** Loopback, one event loop per core. */
  public static FacadeSettings onLoopback(int port) {
    return new FacadeSettings(
        "127.0.0.1",
        port,
        Runtime.getRuntime().availableProcessors(),
        Duration.ofMinutes(2),
        256,
        64L * 1024 * 1024,
        List.of(),
        EdgeLimits.STANDARD,
        Optional.empty());
  }
}
