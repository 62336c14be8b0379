package dev.banyan.proxy;

import dev.banyan.proxy.upstream.UpstreamBook;
import dev.banyan.rules.Upstream;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The upstreams that one event loop talks to, by value: a changed rule makes a new client, and the
 * old one goes when nobody has used it for a while.
 */
final class Upstreams {
  private static final long GRACE_SECONDS = 60;
  private static final int SWEEP_FROM = 64;

  /** Where there are many, as after many changes of the rules in a row. */
  private static final long HURRIED_SECONDS = 1;

  private final Vertx vertx;
  private final UpstreamBook book;
  private final Supplier<Decider> tables;
  private final Map<Upstream, UpstreamClient> clients = new HashMap<>();

  /** Spares the hash of a whole value for each request: a table hands out the same instances. */
  private final IdentityHashMap<Upstream, UpstreamClient> known = new IdentityHashMap<>();

  Upstreams(Vertx vertx, UpstreamBook book, Supplier<Decider> tables) {
    this.vertx = vertx;
    this.book = book;
    this.tables = tables;
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
        // What the table names is in use, and would only be opened anew.
        sweep(HURRIED_SECONDS, tables.get().upstreams());
      }
      client = new UpstreamClient(vertx, book.of(upstream));
      clients.put(upstream, client);
    }
    return client;
  }

  /** Closes what nobody has used for a while, and forgets how it was. */
  void sweep() {
    clients.values().forEach(UpstreamClient::sweep);
    sweep(GRACE_SECONDS, Set.of());
    book.sweep();
  }

  private void sweep(long seconds, Set<Upstream> kept) {
    known.clear();
    clients.keySet().forEach(book::of);
    clients
        .values()
        .removeIf(
            client -> {
              if (!client.unusedFor(seconds) || kept.contains(client.state().upstream())) {
                return false;
              }
              client.close();
              return true;
            });
  }
}
