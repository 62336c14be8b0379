package dev.banyan.proxy;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.rules.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A facade with what stands before and behind it; one event loop unless asked for more. */
final class Rig implements AutoCloseable {
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final AtomicBoolean once = new AtomicBoolean(true);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final KeptExchanges kept = new KeptExchanges();
  private @Nullable FacadeServer facade;

  /** A facade in front of this upstream, which serves everything. */
  ScriptedUpstream upstream(ScriptedUpstream upstream) {
    return serving(upstream, Decisions.serve(upstream.upstream()));
  }

  ScriptedUpstream serving(ScriptedUpstream upstream, Decision decision) {
    parts.add(upstream);
    deciding((head, ticket) -> decision);
    return upstream;
  }

  ScriptedUpstream beside(ScriptedUpstream upstream) {
    parts.add(upstream);
    return upstream;
  }

  void deciding(Decider decider) {
    facade(settings(64, 8 << 20, List.of()), decider);
  }

  void facade(FacadeSettings settings, Decider decider) {
    facade = FacadeServer.start(settings, decider, kept);
  }

  static FacadeSettings settings(int shadows, long shadowBytes, List<String> trusted) {
    return new FacadeSettings(
        "127.0.0.1",
        0,
        1,
        Duration.ofSeconds(30),
        shadows,
        shadowBytes,
        trusted,
        EdgeLimits.STANDARD,
        Optional.empty());
  }

  FacadeServer facade() {
    FacadeServer started = facade;
    if (started == null) {
      throw new IllegalStateException("facade: none (expected: started)");
    }
    return started;
  }

  KeptExchanges kept() {
    return kept;
  }

  RawClient client() {
    RawClient client = new RawClient(facade().port());
    parts.add(client);
    return client;
  }

  /** Waits for {@link #release}; called by scripts. */
  void awaitOnce() {
    try {
      if (!gate.await(15, TimeUnit.SECONDS)) {
        throw new IllegalStateException("gate: closed (expected: released by the test)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void release() {
    gate.countDown();
  }

  /** True the first time only. */
  boolean once() {
    return once.getAndSet(false);
  }

  /** Whether a figure is above zero and what it was at the last look. */
  Callable<Boolean> unchanged(LongSupplier figure) {
    long[] last = {-1};
    return () -> {
      long now = figure.getAsLong();
      boolean same = now > 0 && now == last[0];
      last[0] = now;
      return same;
    };
  }

  /** Clients and upstreams go first, so that the facade has nothing to wait for. */
  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    FacadeServer started = facade;
    if (started != null) {
      started.close();
    }
  }
}
