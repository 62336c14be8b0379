package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.rules.Decision;
import dev.banyan.rules.RateLimit;
import dev.banyan.rules.Route;
import dev.banyan.rules.Side;
import dev.banyan.rules.Stage;
import dev.banyan.rules.Upstream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever is answered while it still sends reads the answer: a client that writes its whole body
 * before it reads would find the connection reset if the facade closed on what it had not read.
 */
final class EarlyAnswerIT {
  private static final int UPLOAD = 5 << 20;

  /** More than the kernel takes of a body that an upstream does not read. */
  private static final int LARGE_UPLOAD = 12 << 20;

  private static final int LIMIT = 100 << 20;
  private static final Upstream GONE = Upstream.of("gone", URI.create("http://127.0.0.1:1"));

  @TempDir private static Path folder;
  private static TestCertificate own;

  private final Rig rig = new Rig();

  @BeforeAll
  static void make() throws Exception {
    own = TestCertificate.make(folder, "own");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void open() {
    ScriptedUpstream early =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  line.write("HTTP/1.1 401 No\r\nContent-Length: 5\r\n\r\nnever");
                  // It reads nothing of the body, as who refuses at the head may do.
                  LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
                  line.close();
                }));
    EdgeLimits standard = EdgeLimits.STANDARD;
    EdgeLimits limits =
        new EdgeLimits(
            standard.line(),
            standard.headerBytes(),
            standard.headers(),
            LIMIT,
            standard.headWithin(),
            standard.minimumRate(),
            standard.rateGrace(),
            0,
            0,
            standard.proxyProtocol());
    FacadeSettings settings =
        new FacadeSettings(
            "127.0.0.1",
            0,
            1,
            Duration.ofSeconds(30),
            1,
            1,
            List.of(),
            limits,
            Optional.of(new TlsListener(0, own.certificate(), own.key(), Optional.empty())));
    RateLimit one = new RateLimit(1, Duration.ofMinutes(1), 1, RateLimit.Per.ROUTE, null);
    Route limited = new Route("limited", Decisions.ROUTE.match(), Decisions.ROUTE.target(), one);
    rig.facade(
        settings,
        (head, ticket) ->
            switch (head.path()) {
              case "/rule" -> new Decision.Refuse(403, "not for you", Optional.of("closed"));
              case "/gone" -> Decisions.serve(GONE);
              case "/limited" ->
                  new Decision.Serve(
                      limited,
                      1,
                      new Stage.Legacy(),
                      Side.LEGACY,
                      early.upstream(),
                      null,
                      Decision.Capture.NONE);
              default -> Decisions.serve(early.upstream());
            });
  }

  private Socket connect(boolean tls) throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    Socket socket;
    if (tls) {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {TestCertificate.believingAll()}, null);
      socket = context.getSocketFactory().createSocket(here, rig.facade().tlsPort().getAsInt());
    } else {
      socket = new Socket(here, rig.facade().port());
    }
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Writes all of the body, blocking, and only then reads; what was read when all is over. */
  private String upload(boolean tls, String target, String framing, int bytes) throws Exception {
    try (Socket socket = connect(tls)) {
      OutputStream out = socket.getOutputStream();
      String head = "POST " + target + " HTTP/1.1\r\nHost: h.test\r\n" + framing + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(new byte[bytes]);
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, /rule, 403", "true, /rule, 403",
    "false, /gone, 502", "true, /gone, 502",
    "false, /limited, 429", "true, /limited, 429",
    "false, /early, 401", "true, /early, 401"
  })
  void itIsReadWholeByWhoWritesFirst(boolean tls, String target, String status) throws Exception {
    open();
    if (target.equals("/limited")) {
      rig.client().get("/limited").answer();
    }
    int bytes = target.equals("/early") ? LARGE_UPLOAD : UPLOAD;
    String answer = upload(tls, target, "Content-Length: " + bytes, bytes);
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
        .hasSize(Integer.parseInt(answer.replaceAll("(?is).*content-length: ([0-9]+).*", "$1")));
    if (status.equals("429")) {
      assertThat(answer).contains("\r\nRetry-After: ");
    }
    await().until(() -> rig.facade().connections() == (status.equals("429") ? 1 : 0));
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void soIsTheAnswerToABodyThatIsTooLarge(boolean tls) throws Exception {
    open();
    String answer = upload(tls, "/early", "Content-Length: " + (LIMIT + 1), UPLOAD);
    assertThat(answer).startsWith("HTTP/1.1 413 ").endsWith("}");
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void soIsTheAnswerToAHeadThatCannotBeRead(boolean tls) throws Exception {
    open();
    String answer = upload(tls, "/early", "X-Long: " + "x".repeat(UPLOAD), 0);
    assertThat(answer).startsWith("HTTP/1.1 431 ").endsWith("}");
  }

  @Test
  void whoNeverStopsIsLetGoOf() throws Exception {
    open();
    try (Socket socket = connect(false)) {
      long begin = System.nanoTime();
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /rule HTTP/1.1\r\nHost: h\r\nContent-Length: 9999999999\r\n\r\n"
              .getBytes(StandardCharsets.ISO_8859_1));
      drip(out);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
      await().until(() -> rig.facade().connections() == 0);
    }
  }

  /** A little again and again, until the other end has gone. */
  private static void drip(OutputStream out) {
    try {
      while (true) {
        out.write(new byte[100]);
        Thread.sleep(200);
      }
    } catch (IOException gone) {
      return;
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
