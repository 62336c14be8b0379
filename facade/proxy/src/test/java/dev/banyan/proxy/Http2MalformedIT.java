package dev.banyan.proxy;

import static dev.banyan.proxy.FrameClient.END_HEADERS;
import static dev.banyan.proxy.FrameClient.END_STREAM;
import static dev.banyan.proxy.FrameClient.block;
import static dev.banyan.proxy.FrameClient.frame;
import static dev.banyan.proxy.FrameClient.latin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Malformed requests of HTTP/2: the client hears of it, and no upstream ever sees them whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Http2MalformedIT {
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: smuggled\r\n\r\n";

  private final Rig rig = new Rig();
  private final List<String> whole = new CopyOnWriteArrayList<>();

  record Case(String id, String title, List<String> fields, String body) {
    @Override
    public String toString() {
      return id + " " + title;
    }
  }

  @BeforeAll
  void open() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              String body = line.body(head);
              String lower = head.toLowerCase(Locale.ROOT);
              int at = lower.indexOf("content-length: ");
              boolean cut =
                  lower.contains("chunked")
                      ? body.isEmpty()
                      : at >= 0
                          && body.length()
                              < Integer.parseInt(
                                  lower.substring(at + 16, lower.indexOf("\r\n", at)));
              if (!cut) {
                whole.add(head + body);
              }
              line.write(
                  "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nContent-Length: 2\r\n\r\nok");
            }));
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private static List<String> get(String... more) {
    return fields("GET", "http", "/c", "h.test", more);
  }

  private static List<String> post(String... more) {
    return fields("POST", "http", "/c", "h.test", more);
  }

  private static List<String> fields(
      String method, String scheme, String path, String authority, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(":method", method, ":scheme", scheme, ":path", path, ":authority", authority));
    all.addAll(List.of(more));
    return all;
  }

  static Stream<Case> malformed() {
    return Stream.of(
        bad("H2-01", "connection header", get("connection", "close")),
        new Case("H2-02", "coding", post("transfer-encoding", "chunked"), "0\r\n\r\n" + SMUGGLED),
        bad("H2-03", "te other than trailers", get("te", "gzip")),
        bad("H2-04", "upper-case name", get("X-A", "1")),
        bad("H2-05", "CRLF in a name", get("x-a: 1\r\nx-inj", "1")),
        bad("H2-06", "CRLF in a value", get("x-a", "1\r\nx-inj: 1")),
        bad("H2-07", "NUL in a value", get("x-a", "1\0002")),
        bad("H2-08", "LF in a value", get("x-a", "1\nx-inj: 1")),
        bad("H2-09", "colon in a name", get("x-a: x-inj", "1")),
        bad("H2-10", "empty name", get("", "1")),
        bad("H2-11", "space in a name", get("x a", "1")),
        bad("H2-12", "space around a value", get("x-a", " 1 ")),
        bad("H2-13", "request line in :path", get(path("/c HTTP/1.1\r\nX-Inj: 1\r\nX: "))),
        bad("H2-14", "space in :path", get(path("/c /smuggled"))),
        bad("H2-15", "empty :path", get(path(""))),
        bad("H2-16", ":path without a slash", get(path("c"))),
        bad("H2-17", "URL in :path", get(path("http://evil.test/c"))),
        bad("H2-18", "CRLF in :method", fields("GET / HTTP/1.1\r\n\r\nGET", "http", "/c", "h")),
        bad("H2-19", "space in :method", fields("GET /x", "http", "/c", "h")),
        bad("H2-20", "CRLF in :scheme", fields("GET", "http\r\nx-inj: 1", "/c", "h")),
        bad("H2-21", "odd :scheme", fields("GET", "javascript", "/c", "h")),
        bad("H2-22", "CRLF in :authority", fields("GET", "http", "/c", "h\r\nx-inj: 1")),
        bad("H2-23", "userinfo in :authority", fields("GET", "http", "/c", "u@h.test")),
        bad("H2-24", "path in :authority", fields("GET", "http", "/c", "h.test/evil")),
        bad("H2-25", "host differs from :authority", get("host", "evil.test")),
        bad("H2-26", "two :path", get(":path", "/smuggled")),
        bad(
            "H2-27",
            "pseudo-header after a header",
            List.of(
                ":method", "GET", ":scheme", "http", "x-a", "1", ":path", "/c", ":authority", "h")),
        bad("H2-28", "unknown pseudo-header", get(":evil", "1")),
        bad("H2-29", "pseudo-header of answers", get(":status", "200")),
        bad("H2-30", "no :path", List.of(":method", "GET", ":scheme", "http", ":authority", "h")),
        bad("H2-31", "no :method", List.of(":scheme", "http", ":path", "/c", ":authority", "h")),
        new Case("H2-32", "length 0 and a body", post("content-length", "0"), SMUGGLED),
        new Case("H2-33", "length above the body", post("content-length", "100"), "hello"),
        new Case(
            "H2-34", "two lengths", post("content-length", "5", "content-length", "6"), "hello"),
        new Case("H2-35", "length +5", post("content-length", "+5"), "hello"),
        bad("H2-36", "upgrade", get("upgrade", "websocket")),
        bad("H2-37", "keep-alive", get("proxy-connection", "x", "keep-alive", "1")),
        bad("H2-38", "CONNECT", List.of(":method", "CONNECT", ":authority", "127.0.0.1:22")),
        bad("H2-39", "extended CONNECT", fields("CONNECT", "http", "/c", "h", ":protocol", "w")),
        bad("H2-40", "fragment in :path", get(path("/c#/x"))),
        bad("H2-41", "NUL in :path", get(path("/c\0x"))));
  }

  private static Case bad(String id, String title, List<String> fields) {
    return new Case(id, title, fields, "");
  }

  /** In place of further fields: the path alone is another. */
  private static String[] path(String path) {
    return new String[] {"=path", path};
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void isRefused(Case one) {
    whole.clear();
    List<String> fields = new ArrayList<>(one.fields());
    int marked = fields.indexOf("=path");
    if (marked > 0) {
      fields.set(fields.indexOf(":path") + 1, fields.get(marked + 1));
      fields.subList(marked, marked + 2).clear();
    }
    try (FrameClient client = new FrameClient(rig.facade().port(), new byte[0])) {
      boolean bodyless = one.body().isEmpty();
      byte[] head = block(fields.toArray(String[]::new));
      client.send(frame(FrameClient.HEADERS, END_HEADERS | (bodyless ? END_STREAM : 0), 1, head));
      if (!bodyless) {
        client.send(frame(FrameClient.DATA, END_STREAM, 1, latin(one.body())));
      }
      client.read(3000, 1);
      assertThat(client.outcome(1)).matches("4\\d\\d|reset|closed");
    }
    assertThat(whole).isEmpty();
  }

  @Test
  void crumbsOfCookiesAreJoinedAndConnectionFieldsStayBehind() {
    whole.clear();
    try (FrameClient client = new FrameClient(rig.facade().port(), new byte[0])) {
      byte[] head = block(get("cookie", "a=1", "cookie", "b=2").toArray(String[]::new));
      client.send(frame(FrameClient.HEADERS, END_HEADERS | END_STREAM, 1, head)).read(3000, 1);
      assertThat(client.outcome(1)).isEqualTo("200");
    }
    assertThat(whole.getFirst()).contains("Cookie: a=1; b=2\r\n");
  }

  @Test
  void trailersOfARequestAreReadAndDropped() {
    whole.clear();
    try (FrameClient client = new FrameClient(rig.facade().port(), new byte[0])) {
      client
          .send(
              frame(FrameClient.HEADERS, END_HEADERS, 1, block(post().toArray(String[]::new))),
              frame(FrameClient.DATA, 0, 1, latin("hello")),
              frame(
                  FrameClient.HEADERS,
                  END_HEADERS | END_STREAM,
                  1,
                  block("content-length", "9", "host", "evil")))
          .read(3000, 1);
      assertThat(client.outcome(1)).isEqualTo("200");
    }
    assertThat(whole.getFirst()).contains("hello").doesNotContain("evil");
  }

  @Test
  void aPseudoHeaderInTrailersResetsTheStream() {
    whole.clear();
    try (FrameClient client = new FrameClient(rig.facade().port(), new byte[0])) {
      client
          .send(
              frame(FrameClient.HEADERS, END_HEADERS, 1, block(post().toArray(String[]::new))),
              frame(FrameClient.DATA, 0, 1, latin("hello")),
              frame(FrameClient.HEADERS, END_HEADERS | END_STREAM, 1, block(":path", "/smuggled")))
          .read(3000, 1);
      assertThat(client.outcome(1)).isIn("reset", "closed", "400");
    }
    assertThat(whole).isEmpty();
  }
}
