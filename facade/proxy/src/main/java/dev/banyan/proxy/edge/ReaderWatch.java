package dev.banyan.proxy.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;

/** Whether the client of one connection takes what it asked for, on its event loop. */
final class ReaderWatch {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final EdgeLimits limits;
  private long blockedSince;
  private long blockedBytes;

  ReaderWatch(EdgeLimits limits) {
    this.limits = limits;
  }

  /** What was to be written may be, or may not any more: its time begins anew. */
  void writabilityChanged() {
    blockedSince = 0;
  }

  /** Whether it has taken too little of what waits, for longer than it may. */
  boolean isTooSlow(Channel channel, long now) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    if (waiting == null || channel.isWritable()) {
      blockedSince = 0;
      return false;
    }
    if (blockedSince == 0) {
      blockedSince = now;
      blockedBytes = waiting.totalPendingWriteBytes();
      return false;
    }
    long taken = Math.max(0, blockedBytes - waiting.totalPendingWriteBytes());
    return now - blockedSince > limits.readerGraceNanos()
        && taken < limits.minimumRate() * (double) (now - blockedSince) / SECOND;
  }
}
