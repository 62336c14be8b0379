package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.proxy.edge.EdgeLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are renewed while the port is open. */
final class TlsReloadIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final byte[] GET =
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir private static Path made;
  private static TestCertificate first;
  private static TestCertificate second;

  @TempDir private Path folder;
  private final Rig rig = new Rig();
  private Path certificate = Path.of("");
  private Path key = Path.of("");

  @BeforeAll
  static void make() throws Exception {
    first = TestCertificate.make(made, "first");
    second = TestCertificate.make(made, "second");
  }

  @BeforeEach
  void open() throws IOException {
    certificate = folder.resolve("server.crt");
    key = folder.resolve("server.key");
    install(first.certificate(), first.key());
    ScriptedUpstream upstream = rig.beside(ScriptedUpstream.answering(OK));
    FacadeSettings settings =
        new FacadeSettings(
            "127.0.0.1",
            0,
            2,
            Duration.ofSeconds(30),
            8,
            1 << 20,
            List.of(),
            EdgeLimits.STANDARD,
            Optional.of(new TlsListener(0, certificate, key, Optional.empty())));
    rig.facade(settings, (head, ticket) -> Decisions.serve(upstream.upstream()));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void install(Path newCertificate, Path newKey) throws IOException {
    Files.copy(newCertificate, certificate, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(newKey, key, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void newConnectionsGetTheNewCertificateAndOldOnesGoOn() throws Exception {
    try (SSLSocket old = connect()) {
      assertThat(name(old)).isEqualTo("CN=first");
      install(second.certificate(), second.key());
      assertThat(rig.facade().reloadTls()).isTrue();

      // Both event loops take turns.
      for (int i = 0; i < 4; i++) {
        try (SSLSocket later = connect()) {
          assertThat(name(later)).isEqualTo("CN=second");
          assertThat(isServed(later)).isTrue();
        }
      }
      assertThat(isServed(old)).isTrue();
    }
  }

  @Test
  void aKeyThatIsNotTheCertificatesIsNotTaken() throws Exception {
    install(second.certificate(), first.key());
    assertThatThrownBy(() -> rig.facade().reloadTls())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("server.crt")
        .hasMessageContaining("expected");
    assertStillFirst();
  }

  @Test
  void aFileThatIsNoCertificateIsNotTakenAndTheNextGoodOneIs() throws Exception {
    Files.writeString(certificate, "half a certif");
    assertThatThrownBy(() -> rig.facade().reloadTls()).isInstanceOf(IllegalArgumentException.class);
    assertStillFirst();
    Files.delete(certificate);
    assertThatThrownBy(() -> rig.facade().reloadTls()).isInstanceOf(IllegalArgumentException.class);
    assertStillFirst();

    install(second.certificate(), second.key());
    assertThat(rig.facade().reloadTls()).isTrue();
    try (SSLSocket later = connect()) {
      assertThat(name(later)).isEqualTo("CN=second");
    }
  }

  private void assertStillFirst() throws Exception {
    try (SSLSocket socket = connect()) {
      assertThat(name(socket)).isEqualTo("CN=first");
      assertThat(isServed(socket)).isTrue();
    }
  }

  /** A context of its own each time: nothing is resumed. */
  private SSLSocket connect() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {TestCertificate.believingAll()}, null);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket("127.0.0.1", rig.facade().tlsPort().getAsInt());
    socket.setSoTimeout(15_000);
    socket.startHandshake();
    return socket;
  }

  private static String name(SSLSocket socket) throws IOException {
    X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  private static boolean isServed(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(GET);
    return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII)
        .equals("HTTP/1.1 200 OK");
  }
}
