package dev.banyan.proxy;

import dev.banyan.rules.Upstream;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/**
 * The upstreams that one event loop talks to, by value: a changed rule makes a new client, and the
 * old one goes when nobody has used it for a while.
 */
final class Upstreams {
  private static final long GRACE_SECONDS = 60;
  private static final int SWEEP_FROM = 64;

  private final Vertx vertx;
  private final Map<Upstream, UpstreamClient> clients = new HashMap<>();

  Upstreams(Vertx vertx) {
    this.vertx = vertx;
  }

  UpstreamClient of(Upstream upstream) {
    UpstreamClient client = clients.get(upstream);
    if (client == null) {
      if (clients.size() >= SWEEP_FROM) {
        sweep(1);
      }
      client = new UpstreamClient(vertx, upstream);
      clients.put(upstream, client);
    }
    return client;
  }

  void sweep() {
    sweep(GRACE_SECONDS);
  }

  private void sweep(long seconds) {
    clients
        .values()
        .removeIf(
            client -> {
              if (!client.unusedFor(seconds)) {
                return false;
              }
              client.close();
              return true;
            });
  }
}
