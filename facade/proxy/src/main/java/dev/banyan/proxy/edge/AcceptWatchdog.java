package dev.banyan.proxy.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Ends the process when accepting stops: a facade that listens and takes nobody in looks alive to
 * its supervisor and is dead to everybody else. Looks on a thread of its own, and gives up after
 * several failures in a row.
 */
public final class AcceptWatchdog implements AutoCloseable {
  private static final int FAILURES = 5;
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final int port;
  private final BooleanSupplier accepts;
  private final Consumer<String> end;
  private final Duration every;
  private final Thread thread;
  private volatile boolean closed;

  private AcceptWatchdog(int port, BooleanSupplier accepts, Duration every, Consumer<String> end) {
    this.port = port;
    this.accepts = accepts;
    this.every = every;
    this.end = end;
    this.thread = Thread.ofPlatform().daemon().name("banyan-accept-watchdog").unstarted(this::run);
  }

  /** Watches a port of this process alone, by connecting to it, and halts the process. */
  public static AcceptWatchdog over(String host, int port, Doorkeeper doorkeeper) {
    return start(
        port,
        new AcceptProbe(place(host, port), doorkeeper::seen, PATIENCE),
        EVERY,
        AcceptWatchdog::halt);
  }

  /**
   * Watches a port that other processes have, too, and halts the process. The kernel gives a
   * connection to any of them, so none would tell of this one: the acceptor itself is asked.
   */
  public static AcceptWatchdog overShared(int port, Doorkeeper doorkeeper) {
    return start(port, new AcceptorPulse(doorkeeper, PATIENCE), EVERY, AcceptWatchdog::halt);
  }

  /**
   * @param accepts asked each time; may take a while
   */
  static AcceptWatchdog start(
      int port, BooleanSupplier accepts, Duration every, Consumer<String> end) {
    AcceptWatchdog watchdog = new AcceptWatchdog(port, accepts, every, end);
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
        failures = accepts.getAsBoolean() ? 0 : failures + 1;
      }
    }
    if (!closed) {
      end.accept(
          "accepting: stopped on port "
              + port
              + " (expected: every connection to be taken); ending the process");
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
