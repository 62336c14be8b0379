package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.proxy.edge.EdgeLimits.ProxyProtocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many may come in, and for whom a trusted proxy may speak. */
final class ConnectionLimitsIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private ScriptedUpstream facade(int all, int perAddress, ProxyProtocol proxy, String trusted) {
    EdgeLimits standard = EdgeLimits.STANDARD;
    EdgeLimits limits =
        new EdgeLimits(
            standard.line(),
            standard.headerBytes(),
            standard.headers(),
            0,
            Duration.ofMillis(800),
            standard.minimumRate(),
            standard.rateGrace(),
            all,
            perAddress,
            proxy);
    ScriptedUpstream upstream = rig.beside(ScriptedUpstream.answering(OK));
    List<String> networks = trusted.isEmpty() ? List.of() : List.of(trusted);
    rig.facade(
        new FacadeSettings("127.0.0.1", 0, 1, Duration.ofSeconds(30), 1, 1, networks, limits),
        (head, ticket) -> Decisions.serve(upstream.upstream()));
    return upstream;
  }

  private void held(int many) {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      clients.add(rig.client());
      assertThat(clients.getLast().get("/").answer().body()).isEqualTo("ok");
    }
    assertThat(rig.client().get("/").rest()).isIn("", "<reset>");
    clients.getFirst().close();
    await().until(() -> rig.facade().connections() == many - 1);
    assertThat(rig.client().get("/").answer().body()).isEqualTo("ok");
  }

  @Test
  void whoIsOneTooManyIsClosedAtOnceAndTheNextOneHasThePlaceThatSomebodyLeft() {
    facade(3, 0, ProxyProtocol.OFF, "");
    held(3);
    assertThat(rig.kept().refused()).containsExactly(new RefusedRequest(0, "connections", null));
  }

  @Test
  void oneAddressHasNoMoreThanItsShare() {
    facade(0, 2, ProxyProtocol.OFF, "");
    held(2);
    assertThat(rig.kept().refused())
        .containsExactly(new RefusedRequest(0, "connections-of-address", null));
  }

  @Test
  void aTrustedProxyHasAsManyAsItWants() {
    facade(0, 2, ProxyProtocol.OFF, "127.0.0.0/8");
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clients.add(rig.client());
      assertThat(clients.getLast().get("/").answer().body()).isEqualTo("ok");
    }
  }

  @Test
  void aTrustedProxySaysInTextForWhomItSpeaks() {
    ScriptedUpstream upstream = facade(0, 0, ProxyProtocol.REQUIRED, "127.0.0.1");
    RawClient client = rig.client();
    client.send("PROXY TCP4 203.0.113.7 10.0.0.1 5000 80\r\n").get("/", "X-Forwarded-For: 6.6.6.6");
    assertThat(client.answer().body()).isEqualTo("ok");
    assertThat(upstream.lastHead())
        .contains("\r\nX-Forwarded-For: 203.0.113.7\r\n", "\r\nForwarded: for=203.0.113.7;")
        .doesNotContain("6.6.6.6", "127.0.0.1");
    assertThat(client.get("/again").answer().body()).isEqualTo("ok");
  }

  @Test
  void aTrustedProxySaysInBinaryForWhomItSpeaks() {
    ScriptedUpstream upstream = facade(0, 0, ProxyProtocol.REQUIRED, "127.0.0.1");
    String signature = "\r\n\r\n\0\r\nQUIT\n";
    byte[] rest = {0x21, 0x11, 0, 12, (byte) 203, 0, 113, 9, 10, 0, 0, 1, 0x13, (byte) 0x88, 0, 80};
    RawClient client = rig.client();
    client.send(signature + new String(rest, StandardCharsets.ISO_8859_1)).get("/");
    assertThat(client.answer().body()).isEqualTo("ok");
    assertThat(upstream.lastHead()).contains("\r\nX-Forwarded-For: 203.0.113.9\r\n");
  }

  @Test
  void aProxyThatChecksItsOwnHealthKeepsItsAddress() {
    ScriptedUpstream upstream = facade(0, 0, ProxyProtocol.REQUIRED, "127.0.0.1");
    RawClient client = rig.client().send("PROXY UNKNOWN\r\n").get("/");
    assertThat(client.answer().body()).isEqualTo("ok");
    assertThat(upstream.lastHead()).contains("127.0.0.1\r\n");
  }

  @Test
  void aTrustedProxyThatDoesNotSayForWhomItSpeaksIsClosed() {
    ScriptedUpstream upstream = facade(0, 0, ProxyProtocol.REQUIRED, "127.0.0.1");
    assertThat(rig.client().get("/").rest()).isIn("", "<reset>");
    assertThat(rig.client().send("PROXY TCP4 what\r\n").get("/").rest()).isIn("", "<reset>");
    // Says nothing at all.
    assertThat(rig.client().rest()).isNotNull();
    assertThat(upstream.heads()).isEmpty();
    assertThat(rig.kept().refused().stream().map(RefusedRequest::reason))
        .contains("proxy-protocol");
  }

  @Test
  void anybodyElsesProxyHeaderIsABadRequest() {
    ScriptedUpstream upstream = facade(0, 0, ProxyProtocol.REQUIRED, "10.0.0.0/8");
    String header = "PROXY TCP4 203.0.113.7 10.0.0.1 5000 80\r\n";
    assertThat(rig.client().send(header).get("/").rest())
        .containsPattern("^HTTP/1\\.[01] (400|501|505) ");
    assertThat(upstream.heads()).isEmpty();
    assertThat(rig.client().get("/").answer().body()).isEqualTo("ok");
  }
}
