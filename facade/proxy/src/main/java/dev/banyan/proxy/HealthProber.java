package dev.banyan.proxy;

import dev.banyan.proxy.upstream.Endpoint;
import dev.banyan.proxy.upstream.UpstreamBook;
import dev.banyan.proxy.upstream.UpstreamState;
import dev.banyan.rules.HealthPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks each URL of the upstreams that want it how it is: once for the whole process, on one event
 * loop, each time on a new connection.
 */
final class HealthProber {
  private static final long LOOK_MILLIS = 100;
  private static final int SERVER_ERROR = 400;

  private final Vertx vertx;
  private final UpstreamBook book;
  private final Map<UpstreamState, Probed> probed = new HashMap<>();

  private volatile boolean stopped;

  private static final class Probed {
    private final UpstreamClient client;
    private long next = System.nanoTime();

    private Probed(UpstreamClient client) {
      this.client = client;
    }
  }

  HealthProber(Vertx vertx, UpstreamBook book) {
    this.vertx = vertx;
    this.book = book;
  }

  void start() {
    vertx.runOnContext(v -> vertx.setPeriodic(LOOK_MILLIS, t -> look()));
  }

  void stop() {
    stopped = true;
  }

  private void look() {
    if (stopped) {
      return;
    }
    book.sweep();
    probed.entrySet().removeIf(this::isForgotten);
    long now = System.nanoTime();
    for (UpstreamState state : book.states()) {
      HealthPolicy policy = state.upstream().policies().health();
      if (policy.path().isEmpty()) {
        continue;
      }
      Probed one = probed.computeIfAbsent(state, s -> new Probed(new UpstreamClient(vertx, s)));
      if (now - one.next >= 0) {
        one.next = now + policy.interval().toNanos();
        for (Endpoint endpoint : one.client.endpoints()) {
          probe(one.client, endpoint, policy.path().get(), policy.interval().toMillis());
        }
      }
    }
  }

  private boolean isForgotten(Map.Entry<UpstreamState, Probed> entry) {
    boolean forgotten = !book.states().contains(entry.getKey());
    if (forgotten) {
      entry.getValue().client.close();
    }
    return forgotten;
  }

  private static void probe(UpstreamClient client, Endpoint endpoint, String path, long millis) {
    client
        .request(endpoint, HttpMethod.GET, path)
        .onSuccess(request -> ask(request, endpoint, millis))
        .onFailure(e -> endpoint.health().probeFailed());
  }

  private static void ask(HttpClientRequest request, Endpoint endpoint, long millis) {
    request.exceptionHandler(e -> {});
    request.putHeader("User-Agent", "banyan-health");
    request
        .send()
        .timeout(millis, TimeUnit.MILLISECONDS)
        .onComplete(
            came -> {
              if (came.succeeded() && came.result().statusCode() < SERVER_ERROR) {
                endpoint.health().probed();
              } else {
                endpoint.health().probeFailed();
              }
              if (came.succeeded()) {
                came.result().exceptionHandler(e -> {});
              }
              // Nobody reads the rest, and a new connection shows whether there still are any.
              request.reset();
              request.connection().close();
            });
  }
}
