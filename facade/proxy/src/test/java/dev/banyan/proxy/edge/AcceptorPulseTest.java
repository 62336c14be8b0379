package dev.banyan.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who shares its port is judged by its own acceptor, and not by who takes the next client. */
final class AcceptorPulseTest {
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int OTHERS = 30;
  private static final int LOOKS = 60;

  private final List<String> lastWords = new CopyOnWriteArrayList<>();
  private final List<ServerSocketChannel> others = new ArrayList<>();
  private final Doorkeeper doorkeeper =
      new Doorkeeper(EdgeLimits.STANDARD, TrustedProxies.of(List.of()), (status, reason) -> {});
  private final Vertx vertx =
      GuardedTransport.vertx(new VertxOptions().setPreferNativeTransport(true), doorkeeper);
  private int port;

  @BeforeEach
  void listen() {
    assumeTrue(vertx.isNativeTransportEnabled(), "SO_REUSEPORT: wanted");
    HttpServerOptions options = new HttpServerOptions().setReusePort(true).setHost("127.0.0.1");
    port =
        vertx
            .createHttpServer(options.setPort(0))
            .requestHandler(request -> request.response().end())
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join()
            .actualPort();
  }

  @AfterEach
  void close() throws IOException {
    for (ServerSocketChannel other : others) {
      other.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Processes that share the port, and get nearly everybody who connects to it. */
  private void shareThePort() throws IOException {
    for (int i = 0; i < OTHERS; i++) {
      ServerSocketChannel other = ServerSocketChannel.open();
      other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      others.add(other);
    }
  }

  private AcceptWatchdog watching(BooleanSupplier accepts, AtomicInteger looks) {
    BooleanSupplier counted =
        () -> {
          boolean healthy = accepts.getAsBoolean();
          looks.incrementAndGet();
          return healthy;
        };
    return AcceptWatchdog.start(port, counted, OFTEN, lastWords::add);
  }

  private AcceptorPulse pulse() {
    return new AcceptorPulse(doorkeeper, PATIENCE);
  }

  @Test
  void aHealthyProcessGoesOnWhoeverTakesTheClients() throws IOException {
    shareThePort();
    AtomicInteger looks = new AtomicInteger();
    try (AcceptWatchdog watchdog = watching(pulse(), looks)) {
      assertThat(watchdog).isNotNull();
      await().until(() -> looks.get() > LOOKS);
      assertThat(lastWords).isEmpty();
    }
  }

  @Test
  void connectingToASharedPortWouldEndIt() throws IOException {
    shareThePort();
    InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    AcceptProbe probe = new AcceptProbe(place, doorkeeper::seen, Duration.ofMillis(100));
    try (AcceptWatchdog watchdog = watching(probe, new AtomicInteger())) {
      assertThat(watchdog).isNotNull();
      await().atMost(Duration.ofSeconds(30)).until(() -> !lastWords.isEmpty());
    }
  }

  @Test
  void anAcceptorThatHangsEndsIt() {
    CountDownLatch free = new CountDownLatch(1);
    doorkeeper.doors().getFirst().eventLoop().execute(() -> awaitQuietly(free));
    try (AcceptWatchdog watchdog = watching(pulse(), new AtomicInteger())) {
      assertThat(watchdog).isNotNull();
      await().until(() -> !lastWords.isEmpty());
    } finally {
      free.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch free) {
    try {
      assertThat(free.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aClosedDoorEndsIt() {
    doorkeeper.doors().getFirst().close().syncUninterruptibly();
    try (AcceptWatchdog watchdog = watching(pulse(), new AtomicInteger())) {
      assertThat(watchdog).isNotNull();
      await().until(() -> !lastWords.isEmpty());
    }
  }

  @Test
  void failuresAloneEndItAndOneAmongGuestsDoesNot() {
    AcceptorPulse pulse = pulse();
    assertThat(pulse.getAsBoolean()).isTrue();
    doorkeeper.doors().getFirst().pipeline().fireExceptionCaught(new IOException("no file left"));
    await().until(() -> doorkeeper.failed() == 1);
    assertThat(pulse.getAsBoolean()).isFalse();
    // The server rests for a second after a failure.
    await().until(pulse::getAsBoolean);
  }
}
