package dev.banyan.proxy;

import dev.banyan.proxy.edge.EdgeLimits;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the sender of one body over HTTP/2 to the least rate, as a connection of HTTP/1 is held to
 * it as a whole: other streams of the connection may be as quick as they like. What the facade
 * itself holds back is not slow, nor is who talks on while the answer is under way.
 */
final class StreamPace implements Deadlines.Waiting {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Turns turns;
  private final int leastRate;
  private final long graceNanos;
  private final Runnable tooSlow;
  private long since = System.nanoTime();
  private long looked = since;

  private StreamPace(Turns turns, EdgeLimits limits, Runnable tooSlow) {
    this.turns = turns;
    this.leastRate = limits.minimumRate();
    this.graceNanos = limits.rateGrace().toNanos();
    this.tooSlow = tooSlow;
  }

  /** Null where there is no body that has to have a rate: one of gRPC may be a conversation. */
  static @Nullable StreamPace of(
      HttpServerRequest request, Turns turns, EdgeLimits limits, Runnable tooSlow) {
    boolean held =
        Http2.speaks(request)
            && turns.upload() != null
            && limits.minimumRate() > 0
            && !Grpc.asks(request);
    return held ? new StreamPace(turns, limits, tooSlow) : null;
  }

  @Override
  public void check(long now) {
    long before = looked;
    looked = now;
    if (!turns.awaitsBody() || turns.isConversation()) {
      since += now - before;
      return;
    }
    long over = now - since - graceNanos;
    if (over > 0 && turns.bodyBytes() < leastRate * (over / SECOND)) {
      tooSlow.run();
    }
  }
}
