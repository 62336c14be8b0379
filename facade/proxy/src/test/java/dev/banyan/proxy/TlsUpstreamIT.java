package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import dev.banyan.rules.UpstreamTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams over TLS: who they are is always checked, and who the facade is where they ask. */
final class TlsUpstreamIT {
  @TempDir static Path folder;
  private static TestIdentity own;
  private static TestIdentity theirs;

  private final Rig rig = new Rig();
  private final AtomicReference<String> asked = new AtomicReference<>("none");
  private HttpsServer server;

  @BeforeAll
  static void identities() throws Exception {
    own = TestIdentity.of(folder, "facade.example");
    theirs = TestIdentity.of(folder, "inner.example");
  }

  @BeforeEach
  void start() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SSLContext context = theirs.believing(own);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          ExtendedSSLSession session =
              (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
          asked.set(session.getRequestedServerNames().toString());
          byte[] who;
          try {
            who = session.getPeerPrincipal().getName().getBytes(StandardCharsets.UTF_8);
          } catch (javax.net.ssl.SSLPeerUnverifiedException nobody) {
            who = "nobody".getBytes(StandardCharsets.UTF_8);
          }
          exchange.sendResponseHeaders(200, who.length);
          exchange.getResponseBody().write(who);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    rig.close();
    server.stop(0);
  }

  private RawClient.Answer through(UpstreamTls tls) {
    Upstream upstream =
        Upstream.of("tls", URI.create("https://127.0.0.1:" + server.getAddress().getPort()))
            .with(UpstreamPolicies.DEFAULT.with(tls));
    rig.deciding((head, ticket) -> Decisions.serve(upstream));
    return rig.client().get("/").answer();
  }

  private static UpstreamTls tls(
      @Nullable String ca, @Nullable TestIdentity own, @Nullable String name) {
    return new UpstreamTls(
        Optional.ofNullable(ca),
        Optional.ofNullable(own).map(TestIdentity::certificate),
        Optional.ofNullable(own).map(TestIdentity::key),
        Optional.ofNullable(name));
  }

  @Test
  void aServerOfThatNameIsBelievedAndToldWhoAsks() {
    assertThat(through(tls(theirs.certificate(), own, "inner.example")).body())
        .isEqualTo("CN=facade.example");
    assertThat(asked.get()).contains("inner.example");
  }

  @Test
  void withoutACertificateTheFacadeIsNobody() {
    assertThat(through(tls(theirs.certificate(), null, "inner.example")).body())
        .isEqualTo("nobody");
  }

  @Test
  void aServerThatNobodyVouchesForIsRefused() {
    RawClient.Answer answer = through(tls(null, null, "inner.example"));
    assertThat(answer.statusLine()).startsWith("HTTP/1.1 502");
    assertThat(answer.body()).contains("\"failure\":\"tls-failed\"");
  }

  @Test
  void aServerOfAnotherNameIsRefused() {
    assertThat(through(tls(theirs.certificate(), null, null)).body())
        .contains("\"failure\":\"tls-failed\"");
    assertThat(asked.get()).isEqualTo("none");
  }

  @Test
  void aFileThatIsNotThereIsAFailureOfTls() {
    assertThat(through(tls(folder.resolve("no.pem").toString(), null, "inner.example")).body())
        .contains("\"failure\":\"tls-failed\"");
  }
}
