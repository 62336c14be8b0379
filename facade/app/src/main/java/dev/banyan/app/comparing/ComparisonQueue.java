package dev.banyan.app.comparing;

import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.RepeatedExchange;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange.Pair;
import jakarta.inject.Singleton;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What waits to be looked at: bounded in count and bytes, so that a slow comparer costs drops and
 * nothing else.
 */
@Singleton
public class ComparisonQueue {
  static final int MAX_COUNT = 2048;
  private static final long DOZE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  /** Without locks: an event loop must not wait for the one that compares, nor be waited for. */
  private final BlockingQueue<Work> waiting = new LinkedTransferQueue<>();

  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /** One thing to look at. */
  sealed interface Work {
    /** Bytes that it holds, reckoned once. */
    long size();

    String routeId();

    record Compare(Pair pair, long size) implements Work {
      Compare(Pair pair) {
        this(pair, bytesOf(pair.request()) + bytesOf(pair.control()) + bytesOf(pair.candidate()));
      }

      @Override
      public String routeId() {
        return pair.decision().route().id();
      }
    }

    /** Two answers of legacy to one request. */
    record Again(RepeatedExchange.Pair pair, long size) implements Work {
      Again(RepeatedExchange.Pair pair) {
        this(pair, bytesOf(pair.request()) + bytesOf(pair.first()) + bytesOf(pair.again()));
      }

      @Override
      public String routeId() {
        return pair.decision().route().id();
      }
    }

    /** An exchange with legacy, wanted for a contract. */
    record Keep(ServedExchange exchange, RequestCopy request, long size) implements Work {
      Keep(ServedExchange exchange, RequestCopy request) {
        this(exchange, request, bytesOf(request) + bytesOf(exchange.control()));
      }

      @Override
      public String routeId() {
        return exchange.decision().route().id();
      }
    }
  }

  /** Never waits; false if it is full. */
  boolean offer(Work work) {
    long size = work.size();
    if (bytes.addAndGet(size) > MAX_BYTES) {
      bytes.addAndGet(-size);
      return false;
    }
    if (count.incrementAndGet() > MAX_COUNT) {
      count.decrementAndGet();
      bytes.addAndGet(-size);
      return false;
    }
    return waiting.offer(work);
  }

  /**
   * Waits for the next one. Dozes before it waits to be woken: to wake somebody costs an event loop
   * more than to put the work down, and while there is traffic nobody needs to be.
   */
  Work take() throws InterruptedException {
    Work work = waiting.poll();
    if (work == null) {
      LockSupport.parkNanos(DOZE_NANOS);
      work = waiting.poll();
    }
    if (work == null) {
      work = waiting.take();
    }
    count.decrementAndGet();
    bytes.addAndGet(-work.size());
    return work;
  }

  /** How many wait. */
  public int depth() {
    return count.get();
  }

  /** Bytes of what waits. */
  public long heldBytes() {
    return bytes.get();
  }

  private static long bytesOf(RequestCopy request) {
    return request.target().length() + request.headers().size() + bytesOf(request.body());
  }

  /** Heads count: they may be larger than bodies, a ticket of Kerberos alone is some kilobytes. */
  private static long bytesOf(Observation observation) {
    return observation instanceof Observation.Answered answered
        ? answered.headers().size() + answered.trailers().size() + bytesOf(answered.body())
        : 0;
  }

  private static long bytesOf(Body body) {
    return body instanceof Body.Whole whole ? whole.bytes().length : 0;
  }
}
