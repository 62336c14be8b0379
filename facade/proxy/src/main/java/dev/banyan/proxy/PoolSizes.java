package dev.banyan.proxy;

import dev.banyan.rules.NoisePolicy;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.Upstream;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/**
 * How many connections the pools may hold to the upstreams of a rule set: each event loop has one
 * pool for requests and, of routes that have a migrated side, one for copies; one for tunnels, too,
 * where requests go over HTTP/2. Stages do not count, as a flip must not need more files than there
 * are. The pools of earlier rules, which empty within seconds, are no part of it.
 */
final class PoolSizes {
  private PoolSizes() {}

  static long sum(RuleSet rules, FacadeSettings settings) {
    Set<String> asked = new HashSet<>();
    Set<String> copied = new HashSet<>();
    for (Route route : rules.routes()) {
      if (route.target() instanceof RouteTarget.Forward forward) {
        asked.add(forward.legacy());
        forward.migrated().ifPresent(asked::add);
        forward.migrated().ifPresent(copied::add);
        forward.migrated().ifPresent(migrated -> copied.add(forward.legacy()));
        forward.noise().flatMap(NoisePolicy::against).ifPresent(copied::add);
      }
    }
    long ofOneLoop = 0;
    for (Upstream upstream : rules.upstreams().values()) {
      if (asked.contains(upstream.name())) {
        ofOneLoop += connections(upstream, Integer.MAX_VALUE) + upgraded(upstream);
      }
      if (copied.contains(upstream.name())) {
        ofOneLoop += connections(upstream, settings.shadowsInFlight());
      }
    }
    return ofOneLoop * settings.eventLoops();
  }

  /** Of one event loop to all URLs of an upstream; no more to one than are ever used at once. */
  private static long connections(Upstream upstream, int atOnce) {
    long sum = 0;
    for (URI url : upstream.urls()) {
      sum += Math.min(atOnce, connections(upstream, url));
    }
    return sum;
  }

  /** Tunnels to an upstream of HTTP/2 have connections of their own. */
  private static long upgraded(Upstream upstream) {
    return upstream.protocol() == Upstream.Protocol.HTTP2
        ? (long) upstream.connections() * upstream.urls().size()
        : 0;
  }

  /** With TLS, HTTP/2 may settle on HTTP/1.1. */
  private static int connections(Upstream upstream, URI url) {
    boolean shared =
        upstream.protocol() == Upstream.Protocol.HTTP2 && "http".equalsIgnoreCase(url.getScheme());
    return shared ? Math.max(1, upstream.connections() / Http2.STREAMS) : upstream.connections();
  }
}
