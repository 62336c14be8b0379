package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.proxy.upstream.UpstreamBook;
import dev.banyan.proxy.upstream.UpstreamState;
import dev.banyan.rules.Upstream;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an event loop keeps of upstreams. */
final class UpstreamsIT {
  private static final URI ANYWHERE = URI.create("http://127.0.0.1:1");

  @Test
  void howAnUpstreamWasIsForgottenWhenNobodyHoldsItAnyMore() throws Exception {
    Vertx vertx = Vertx.vertx();
    UpstreamBook book = new UpstreamBook(Duration.ofMillis(200));
    Upstreams upstreams =
        new Upstreams(
            vertx,
            book,
            () ->
                (head, ticket) -> {
                  throw new IllegalStateException("nothing is decided");
                });
    try {
      Upstream held = Upstream.of("held", ANYWHERE);
      upstreams.of(held);
      book.of(Upstream.of("gone", ANYWHERE));
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () -> {
                upstreams.sweep();
                assertThat(book.states()).extracting(UpstreamState::upstream).containsExactly(held);
              });
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
