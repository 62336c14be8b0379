package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM ends the process and no request. */
class DrainIT {
  @Test
  void whatIsUnderWayEndsWholeWhileNobodyNewIsTaken(@TempDir Path folder) throws Exception {
    try (NamedUpstream upstream = new NamedUpstream("answered whole");
        Facade facade = Facade.start(folder, rules(upstream))) {
      CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> raw(facade.port()));
      upstream.awaitSlowRequest();

      facade.process().destroy();

      Await.until(
          () -> facade.anonymously("GET", "/q/health/ready") == 503, "readiness to go down");
      assertThat(facade.anonymously("GET", "/q/health/live")).isEqualTo(200);
      Await.until(() -> refuses(facade.port()), "the listening socket to close");
      assertThat(slow).isNotDone();
      assertThat(facade.process().isAlive()).isTrue();

      upstream.letSlowEnd();

      assertThat(slow.get(10, TimeUnit.SECONDS))
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("connection: close")
          .endsWith("answered whole");
      assertThat(facade.process().waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(facade.process().exitValue()).isZero();
    }
  }

  @Test
  void aRequestThatDoesNotEndIsCutAtTheLimit(@TempDir Path folder) throws Exception {
    try (NamedUpstream upstream = new NamedUpstream("never");
        Facade facade =
            Facade.start(folder, rules(upstream), Map.of("BANYAN_DRAIN_TIMEOUT", "300ms"))) {
      CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> raw(facade.port()));
      upstream.awaitSlowRequest();

      facade.process().destroy();

      assertThat(facade.process().waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(facade.process().exitValue()).isZero();
      assertThat(slow.get(5, TimeUnit.SECONDS)).doesNotContain("200");
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), facade.port()))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void duringTheGraceEverybodyIsServedAndASecondSignalEndsIt(@TempDir Path folder)
      throws Exception {
    try (NamedUpstream upstream = new NamedUpstream("still here");
        Facade facade = Facade.start(folder, rules(upstream), Map.of("BANYAN_DRAIN_GRACE", "5m"))) {
      facade.process().destroy();
      Await.until(
          () -> facade.anonymously("GET", "/q/health/ready") == 503, "readiness to go down");

      assertThat(raw(facade.port(), "GET /new HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200")
          .endsWith("still here");

      facade.process().destroy();
      assertThat(facade.process().waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(facade.process().exitValue()).isZero();
    }
  }

  private static boolean refuses(int port) throws Exception {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return false;
    } catch (ConnectException refused) {
      return true;
    }
  }

  /** The answer as it came over the wire, up to where the connection ended. */
  private static String raw(int port) {
    return raw(port, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  private static String raw(int port, String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException cut) {
      return cut.toString();
    }
  }

  private static String rules(NamedUpstream legacy) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
        routes:
          - { id: everything, match: { path: /** }, legacy: legacy }
        """
        .formatted(legacy.port());
  }
}
