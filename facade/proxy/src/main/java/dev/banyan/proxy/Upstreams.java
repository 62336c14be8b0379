package dev.banyan.proxy;

import dev.banyan.proxy.upstream.UpstreamBook;
import dev.banyan.rules.Upstream;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The upstreams that one event loop talks to, by value: a changed rule makes a new client, and the
 * old one goes when nobody has used it for a while.
 */
final class Upstreams {
  private static final long GRACE_SECONDS = 60;
  private static final int SWEEP_FROM = 64;

  private final Vertx vertx;
  private final UpstreamBook book;
  private final Map<Upstream, UpstreamClient> clients = new HashMap<>();

  /** Spares the hash of a whole value for each request: a table hands out the same instances. */
  private final IdentityHashMap<Upstream, UpstreamClient> known = new IdentityHashMap<>();

  Upstreams(Vertx vertx, UpstreamBook book) {
    this.vertx = vertx;
    this.book = book;
  }

  UpstreamClient of(Upstream upstream) {
    UpstreamClient client = known.get(upstream);
    if (client == null) {
      client = ofValue(upstream);
      known.put(upstream, client);
    }
    return client;
  }

  private UpstreamClient ofValue(Upstream upstream) {
    UpstreamClient client = clients.get(upstream);
    if (client == null) {
      if (clients.size() >= SWEEP_FROM) {
        sweep(1);
      }
      client = new UpstreamClient(vertx, book.of(upstream));
      clients.put(upstream, client);
    }
    return client;
  }

  void sweep() {
    sweep(GRACE_SECONDS);
  }

  private void sweep(long seconds) {
    known.clear();
    clients.keySet().forEach(book::of);
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
