package dev.banyan.proxy.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether somebody who connects is taken in, found out by connecting. */
final class AcceptProbe implements BooleanSupplier {
  private static final int LOOKS = 50;

  private final InetSocketAddress place;
  private final LongSupplier arrivals;
  private final Duration patience;

  /**
   * @param arrivals how many were ever accepted; the kernel connects on its own, so that a
   *     connection could be made proves nothing
   * @param patience for connecting, and again for being taken in
   */
  AcceptProbe(InetSocketAddress place, LongSupplier arrivals, Duration patience) {
    this.place = place;
    this.arrivals = arrivals;
    this.patience = patience;
  }

  @Override
  public boolean getAsBoolean() {
    long before = arrivals.getAsLong();
    try (Socket probe = new Socket()) {
      probe.connect(place, (int) Math.max(1, patience.toMillis()));
      long until = System.nanoTime() + patience.toNanos();
      while (System.nanoTime() - until < 0) {
        if (arrivals.getAsLong() != before) {
          return true;
        }
        LockSupport.parkNanos(patience.toNanos() / LOOKS);
      }
      return false;
    } catch (IOException refused) {
      return false;
    }
  }
}
