package dev.banyan.proxy.upstream;

import dev.banyan.rules.Upstream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** How one upstream is, for all event loops and any thread. */
public final class UpstreamState {
  private final Upstream upstream;
  private final List<EndpointHealth> endpoints;
  private final UpstreamBreaker breaker;
  private final int most;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile long lastSeen = System.nanoTime();

  public UpstreamState(Upstream upstream) {
    this.upstream = upstream;
    this.breaker = new UpstreamBreaker(upstream.policies().breaker());
    this.most = upstream.policies().inFlight();
    this.endpoints =
        Stream.generate(() -> new EndpointHealth(upstream.policies().health()))
            .limit(upstream.urls().size())
            .toList();
  }

  public Upstream upstream() {
    return upstream;
  }

  /** In the order of the URLs. */
  public List<EndpointHealth> endpoints() {
    return endpoints;
  }

  public UpstreamBreaker breaker() {
    return breaker;
  }

  /** A place among the requests in flight; false if all are taken. */
  public boolean enter() {
    if (most == 0) {
      return true;
    }
    if (inFlight.incrementAndGet() <= most) {
      return true;
    }
    inFlight.decrementAndGet();
    return false;
  }

  public void leave() {
    if (most != 0) {
      inFlight.decrementAndGet();
    }
  }

  /** Somebody has connections to it. */
  void seen(long now) {
    lastSeen = now;
  }

  boolean unseenFor(long nanos, long now) {
    return now - lastSeen > nanos;
  }

  UpstreamView view() {
    long now = System.nanoTime();
    int well = (int) endpoints.stream().filter(one -> one.isWell(now)).count();
    return new UpstreamView(upstream.name(), breaker.state(), endpoints.size(), well);
  }
}
