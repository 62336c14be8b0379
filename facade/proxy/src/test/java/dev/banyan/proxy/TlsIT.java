package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.proxy.edge.EdgeLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener with TLS: both versions of HTTP by ALPN, certificates of clients, old protocols. */
final class TlsIT {
  private static final String PLAIN = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @TempDir private static Path folder;
  private static TestCertificate own;
  private static TestCertificate client;
  private static TestCertificate stranger;

  private final Rig rig = new Rig();

  @BeforeAll
  static void make() throws Exception {
    own = TestCertificate.make(folder, "own");
    client = TestCertificate.make(folder, "client");
    stranger = TestCertificate.make(folder, "stranger");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void bothVersionsAreSpokenByAlpn() throws Exception {
    ScriptedUpstream upstream = open(own, Optional.empty());
    for (HttpClient.Version version : HttpClient.Version.values()) {
      assertThat(get(trusting(own, null), version).version()).isEqualTo(version);
    }
    assertThat(upstream.lastHead()).contains("X-Forwarded-Proto: https");
  }

  @Test
  void aClientWithoutTheWantedCertificateIsSentAway() throws Exception {
    open(own, Optional.of(client.certificate()));
    assertThat(get(trusting(own, client), HttpClient.Version.HTTP_2).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> get(trusting(own, null), HttpClient.Version.HTTP_1_1))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(trusting(own, stranger), HttpClient.Version.HTTP_1_1))
        .isInstanceOf(IOException.class);
  }

  @Test
  void plainBytesOnTheTlsPortAreNotAnswered() throws Exception {
    open(own, Optional.empty());
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), rig.facade().tlsPort().getAsInt())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void protocolsBelowTls12AreRefused() throws Exception {
    open(own, Optional.empty());
    try (SSLSocket socket =
        (SSLSocket)
            trusting(own, null)
                .getSocketFactory()
                .createSocket("127.0.0.1", rig.facade().tlsPort().getAsInt())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.1"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  private ScriptedUpstream open(TestCertificate own, Optional<Path> clientCa) {
    ScriptedUpstream upstream = rig.beside(ScriptedUpstream.answering(PLAIN));
    FacadeSettings settings =
        new FacadeSettings(
            "127.0.0.1",
            0,
            1,
            Duration.ofSeconds(30),
            8,
            1 << 20,
            List.of(),
            EdgeLimits.STANDARD,
            Optional.of(new TlsListener(0, own.certificate(), own.key(), clientCa)));
    rig.facade(settings, (head, ticket) -> Decisions.serve(upstream.upstream()));
    return upstream;
  }

  private HttpResponse<String> get(SSLContext context, HttpClient.Version version)
      throws IOException, InterruptedException {
    URI url = URI.create("https://localhost:" + rig.facade().tlsPort().getAsInt() + "/a");
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).version(version).build()) {
      return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }
  }

  private static SSLContext trusting(TestCertificate trusted, @Nullable TestCertificate shown)
      throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted.store());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore store = shown == null ? null : shown.store();
    keys.init(store, TestCertificate.PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
