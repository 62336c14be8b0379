package dev.banyan.proxy.edge;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether the acceptor is at work: its thread does what it is given, its sockets are open and ready
 * for the next client, and not everything since the last look has failed.
 */
final class AcceptorPulse implements BooleanSupplier {
  private final Doorkeeper doorkeeper;
  private final Duration patience;
  private long seen;
  private long failed;

  AcceptorPulse(Doorkeeper doorkeeper, Duration patience) {
    this.doorkeeper = doorkeeper;
    this.patience = patience;
    seen = doorkeeper.seen();
    failed = doorkeeper.failed();
  }

  @Override
  public boolean getAsBoolean() {
    long seenNow = doorkeeper.seen();
    long failedNow = doorkeeper.failed();
    boolean onlyFailures = failedNow != failed && seenNow == seen;
    seen = seenNow;
    failed = failedNow;
    List<Channel> doors = doorkeeper.doors();
    return !onlyFailures && !doors.isEmpty() && doors.stream().allMatch(this::beats);
  }

  private boolean beats(Channel door) {
    CountDownLatch done = new CountDownLatch(1);
    try {
      door.eventLoop().execute(done::countDown);
      return done.await(patience.toNanos(), TimeUnit.NANOSECONDS)
          && door.isActive()
          && door.config().isAutoRead();
    } catch (RejectedExecutionException threadIsGone) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
