package dev.banyan.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A port that nobody accepts on any more ends the process; one that somebody does on never. */
final class AcceptWatchdogTest {
  private static final Duration OFTEN = Duration.ofMillis(40);

  private final List<String> lastWords = new CopyOnWriteArrayList<>();
  private final AtomicLong arrivals = new AtomicLong();

  private AcceptWatchdog over(int port) {
    InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    AcceptProbe probe = new AcceptProbe(place, arrivals::get, OFTEN);
    return AcceptWatchdog.start(port, probe, OFTEN, lastWords::add);
  }

  @Test
  void whereTheKernelConnectsButNobodyAcceptsTheProcessEnds() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        AcceptWatchdog watchdog = over(deaf.getLocalPort())) {
      assertThat(watchdog).isNotNull();
      await().until(() -> !lastWords.isEmpty());
      assertThat(lastWords)
          .containsExactly(
              "accepting: stopped on port "
                  + deaf.getLocalPort()
                  + " (expected: every connection to be taken); ending the process");
    }
  }

  @Test
  void whereNobodyListensTheProcessEnds() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (AcceptWatchdog watchdog = over(port)) {
      assertThat(watchdog).isNotNull();
      await().until(() -> !lastWords.isEmpty());
    }
  }

  @Test
  void whereEverybodyIsTakenInItGoesOn() throws IOException {
    try (ServerSocket open = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        AcceptWatchdog watchdog = over(open.getLocalPort())) {
      Thread.ofVirtual().start(() -> take(open));
      await().until(() -> arrivals.get() > 12);
      assertThat(watchdog).isNotNull();
      assertThat(lastWords).isEmpty();
    }
  }

  private void take(ServerSocket open) {
    while (!open.isClosed()) {
      try (Socket one = open.accept()) {
        arrivals.addAndGet(one.isConnected() ? 1 : 0);
      } catch (IOException closed) {
        return;
      }
    }
  }
}
