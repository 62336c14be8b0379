package dev.banyan.proxy.edge;

import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The guarded connections of one event loop, looked at one after the other. */
public final class GuardRound {
  /** The server's own name for what makes requests of bytes. */
  static final String CODEC = "httpDecoder";

  private static final String HEAD_WATCH = "head-watch";
  private static final String LINE_GUARD = "line-guard";
  private static final FastThreadLocal<GuardRound> LOOP = new FastThreadLocal<>();

  private final EdgeLimits limits;
  private final Refusals refusals;
  private final BooleanSupplier leaving;
  private final Set<LineGuard> guards = new HashSet<>();

  /**
   * @param leaving whether connections are given up after their answer
   */
  public GuardRound(EdgeLimits limits, Refusals refusals, BooleanSupplier leaving) {
    this.limits = limits;
    this.refusals = refusals;
    this.leaving = leaving;
  }

  boolean leaving() {
    return leaving.getAsBoolean();
  }

  /** How often {@link #look} is to be called: short deadlines want a closer look. */
  public long everyMillis() {
    long shortest = Math.min(limits.headWithin().toMillis(), limits.rateGrace().toMillis());
    return Math.clamp(shortest / 4, 20, 500);
  }

  /** To be called on the event loop, before it serves: its connections are this round's. */
  public void servesThisLoop() {
    LOOP.set(this);
  }

  static GuardRound ofThisLoop() {
    GuardRound round = LOOP.get();
    if (round == null) {
      throw new IllegalStateException("guard round: none on this event loop (expected: one)");
    }
    return round;
  }

  /** Guards a connection from now on; HTTP/2 has limits of its own. */
  public void guard(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      ChannelPipeline pipeline = base.channel().pipeline();
      Arrival.ended(pipeline);
      guard(pipeline, System.nanoTime(), false);
    }
  }

  /** Guards a connection whose first head is awaited since then, and has begun. */
  void guardBegun(ChannelPipeline pipeline, long since) {
    guard(pipeline, since, true);
  }

  private void guard(ChannelPipeline pipeline, long since, boolean begun) {
    if (pipeline.get(CODEC) != null && pipeline.get(LINE_GUARD) == null) {
      LineGuard guard = new LineGuard(limits, refusals, this, since);
      pipeline.addBefore(CODEC, HEAD_WATCH, new HeadWatch(guard, begun));
      pipeline.addAfter("httpEncoder", LINE_GUARD, guard);
    }
  }

  /** What follows on this connection is no HTTP any more. */
  public static void release(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      ChannelPipeline pipeline = base.channel().pipeline();
      for (String name : List.of(HEAD_WATCH, LINE_GUARD)) {
        if (pipeline.get(name) != null) {
          pipeline.remove(name);
        }
      }
    }
  }

  /** Whether it is known of this connection that no request waits for its answer. */
  public static boolean isBetweenRequests(ChannelPipeline pipeline) {
    return pipeline.get(LINE_GUARD) instanceof LineGuard guard && guard.isIdle();
  }

  void add(LineGuard guard) {
    guards.add(guard);
  }

  void remove(LineGuard guard) {
    guards.remove(guard);
  }

  /** Looks at all of them. */
  public void look() {
    if (guards.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    // A copy: who is refused goes away.
    for (LineGuard guard : new ArrayList<>(guards)) {
      guard.check(now);
    }
  }
}
