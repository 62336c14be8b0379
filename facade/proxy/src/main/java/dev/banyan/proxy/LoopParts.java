package dev.banyan.proxy;

import dev.banyan.proxy.edge.EdgeLimits;
import io.vertx.core.Context;
import java.util.SplittableRandom;

/** What the requests of one event loop share; nothing of it is touched by another thread. */
record LoopParts(
    Context context,
    Upstreams upstreams,
    Deadlines deadlines,
    ShadowSender shadows,
    ShadowBudget budget,
    ForwardedHeaders forwarded,
    GuardedSink sink,
    RunningRequests running,
    EdgeLimits limits,
    SplittableRandom random) {

  /** Runs when what has been read from the sockets is worked off. */
  void afterThisRead(Runnable task) {
    context.runOnContext(v -> task.run());
  }

  /** Runs after a while, or at once; nothing that is waited for in nearly every request. */
  void later(int millis, Runnable task) {
    if (millis == 0) {
      task.run();
    } else {
      context.owner().setTimer(millis, t -> task.run());
    }
  }
}
