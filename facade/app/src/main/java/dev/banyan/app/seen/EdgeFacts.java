package dev.banyan.app.seen;

import dev.banyan.app.RunningFacade;
import dev.banyan.app.comparing.Refusals;
import dev.banyan.proxy.upstream.UpstreamBreaker;
import dev.banyan.proxy.upstream.UpstreamView;
import jakarta.inject.Singleton;

/** What stands at both ends of the data plane at this moment: clients, and upstreams in use. */
@Singleton
class EdgeFacts {
  private final RunningFacade facade;
  private final Refusals refusals;

  EdgeFacts(RunningFacade facade, Refusals refusals) {
    this.facade = facade;
    this.refusals = refusals;
  }

  void into(Families to) {
    to.gauge("banyan_connections", "Connections of clients held.").add(facade.connections());
    to.gauge("banyan_connections_limit", "Connections of clients that may be held.")
        .add(facade.connectionLimit());
    Family refused =
        to.counter("banyan_refused", "Requests and connections that went no further.", "reason");
    refusals.byReason().forEach((reason, count) -> refused.add((double) count, reason));
    for (UpstreamView upstream : facade.upstreams()) {
      to.gauge("banyan_upstream_urls", "URLs of an upstream in use.", "upstream")
          .add(upstream.urls(), upstream.name());
      to.gauge("banyan_upstream_urls_well", "Those of them that take requests.", "upstream")
          .add(upstream.well(), upstream.name());
      to.gauge("banyan_upstream_breaker_open", "1 while its breaker is not closed.", "upstream")
          .add(upstream.breaker() == UpstreamBreaker.State.CLOSED ? 0 : 1, upstream.name());
    }
  }
}
