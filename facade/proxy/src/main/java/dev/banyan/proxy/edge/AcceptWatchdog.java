package dev.banyan.proxy.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ends the process when accepting stops: a facade that listens and takes nobody in looks alive to
 * its supervisor and is dead to everybody else. Connects to the own port, on a thread of its own,
 * and gives up after several failures in a row.
 */
public final class AcceptWatchdog implements AutoCloseable {
  private static final int FAILURES = 5;
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final InetSocketAddress place;
  private final LongSupplier arrivals;
  private final Consumer<String> end;
  private final Duration every;
  private final Thread thread;
  private volatile boolean closed;

  private AcceptWatchdog(
      InetSocketAddress place, LongSupplier arrivals, Duration every, Consumer<String> end) {
    this.place = place;
    this.arrivals = arrivals;
    this.every = every;
    this.end = end;
    this.thread = Thread.ofPlatform().daemon().name("banyan-accept-watchdog").unstarted(this::run);
  }

  /** Watches a port of this machine and halts the process. */
  public static AcceptWatchdog over(String host, int port, Doorkeeper doorkeeper) {
    return start(place(host, port), doorkeeper::seen, EVERY, AcceptWatchdog::halt);
  }

  /**
   * @param arrivals how many were ever accepted; the kernel connects on its own, so that a
   *     connection could be made proves nothing
   */
  static AcceptWatchdog start(
      InetSocketAddress place, LongSupplier arrivals, Duration every, Consumer<String> end) {
    AcceptWatchdog watchdog = new AcceptWatchdog(place, arrivals, every, end);
    watchdog.thread.start();
    return watchdog;
  }

  private static InetSocketAddress place(String host, int port) {
    InetSocketAddress named = new InetSocketAddress(host, port);
    InetAddress address = named.getAddress();
    boolean anywhere = address == null || address.isAnyLocalAddress();
    return anywhere ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port) : named;
  }

  private void run() {
    int failures = 0;
    while (!closed && failures < FAILURES) {
      LockSupport.parkNanos(every.toNanos());
      if (!closed) {
        failures = isAccepted() ? 0 : failures + 1;
      }
    }
    if (!closed) {
      end.accept(
          "accepting: stopped on port "
              + place.getPort()
              + " (expected: every connection to be taken); ending the process");
    }
  }

  private boolean isAccepted() {
    long patience = Math.min(PATIENCE.toNanos(), every.toNanos());
    long before = arrivals.getAsLong();
    try (Socket probe = new Socket()) {
      probe.connect(place, (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience)));
      long until = System.nanoTime() + patience;
      while (System.nanoTime() < until) {
        if (arrivals.getAsLong() != before) {
          return true;
        }
        LockSupport.parkNanos(patience / 50);
      }
      return false;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Nothing that needs a class, a file or a shutdown hook can be relied upon any more. */
  private static void halt(String lastWords) {
    System.err.println("banyan: " + lastWords);
    System.err.flush();
    Runtime.getRuntime().halt(70);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
