package dev.banyan.app.seen;

import dev.banyan.proxy.RefusedRequest;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange;
import dev.banyan.proxy.TracePolicy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Access lines and spans, made behind the traffic: event loops leave a few words in a bounded queue
 * without a lock, and one thread works it off. What does not fit is dropped and counted.
 */
@Singleton
public class Aftermath {
  private static final Logger LOG = System.getLogger(Aftermath.class.getName());
  private static final int MAX_COUNT = 8192;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long ENDS_WITHIN_MILLIS = 2_000;

  private final MpscAtomicArrayQueue<Told> waiting = new MpscAtomicArrayQueue<>(MAX_COUNT);
  private final LongAdder dropped = new LongAdder();
  private final RefusalLines refusals;
  private final AccessLog access;
  private final Spans spans;
  private volatile boolean over;
  private @Nullable Thread thread;

  Aftermath(AccessLog access, Spans spans) {
    this.access = access;
    this.refusals = new RefusalLines(access);
    this.spans = spans;
  }

  void start(@Observes StartupEvent event) {
    if (access.wanted() || spans.wanted()) {
      thread = Thread.ofPlatform().name("aftermath").daemon().start(this::work);
    }
  }

  /** Writes what still waits. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    over = true;
    Thread running = thread;
    if (running != null) {
      running.join(ENDS_WITHIN_MILLIS);
    }
    access.close();
    spans.close();
  }

  public void served(ServedExchange exchange) {
    if (access.wanted() || spans.wants(exchange.facts())) {
      leave(SeenRequest.of(exchange));
    }
  }

  public void refused(RefusedRequest refused) {
    leave(refusals.lineOf(refused, System.nanoTime()));
  }

  public void shadowed(ShadowedExchange.Pair pair) {
    if (spans.wants(pair.facts())) {
      leave(SeenRequest.of(pair));
    }
  }

  /** What the data plane does with trace ids. */
  public TracePolicy tracing() {
    return spans.policy();
  }

  long dropped() {
    return dropped.sum();
  }

  private void leave(@Nullable Told request) {
    if (request != null && !waiting.offer(request)) {
      dropped.increment();
    }
  }

  private void work() {
    while (true) {
      boolean last = over;
      Told next = waiting.poll();
      tellOfOthers(last);
      if (next != null) {
        tell(next);
      } else if (last) {
        access.flush();
        return;
      } else {
        access.flush();
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  private void tellOfOthers(boolean last) {
    try {
      refusals.tellOfOthers(System.nanoTime(), last);
    } catch (RuntimeException unforeseen) {
      LOG.log(Level.DEBUG, "refusals could not be told of", unforeseen);
    }
  }

  private void tell(Told told) {
    try {
      switch (told) {
        case SeenRequest request -> tell(request);
        case SeenRefusal refusal -> access.write(refusal);
      }
    } catch (RuntimeException unforeseen) {
      dropped.increment();
      LOG.log(Level.DEBUG, "a request could not be told of", unforeseen);
    }
  }

  private void tell(SeenRequest request) {
    if (request.kind() == SeenRequest.Kind.CONTROL) {
      access.write(request);
    }
    if (spans.wants(request.facts())) {
      spans.make(request);
    }
  }
}
