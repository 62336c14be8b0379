package dev.banyan.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.Upstream;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is seen of upstreams whose rule changes. */
final class UpstreamBookTest {
  private static final Upstream OLD = Upstream.of("catalog", URI.create("http://127.0.0.1:1"));
  private static final Upstream NEW =
      new Upstream(
          "catalog",
          List.of(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:2")),
          OLD.protocol(),
          OLD.connectTimeout(),
          OLD.timeout(),
          OLD.connections());
  private static final Upstream IDLE = Upstream.of("idle", URI.create("http://127.0.0.1:3"));

  private final UpstreamBook book = new UpstreamBook();

  @Test
  void aNameIsSeenOnceAndAsThePresentRulesHaveIt() {
    book.of(OLD);
    book.of(NEW);

    assertThat(book.views(List.of(NEW, IDLE)))
        .singleElement()
        .satisfies(view -> assertThat(view.urls()).isEqualTo(2));
    // Rules that come back find the state that they left.
    assertThat(book.views(List.of(OLD)))
        .singleElement()
        .satisfies(view -> assertThat(view.urls()).isEqualTo(1));
  }
}
