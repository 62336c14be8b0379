package dev.banyan.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Lets only requests pass that every upstream reads the same way (RFC 9112, RFC 9110 5.6.2): what
 * the codec lets through and two parsers could take for two things ends here.
 */
final class RequestGate {
  /** A request that goes no further. */
  record Refusal(int status, String detail) implements Passage {}

  /** A request that goes on, with its target as it is to be sent. */
  record Pass(String target) implements Passage {}

  sealed interface Passage permits Refusal, Pass {}

  private static final Refusal CONNECT = new Refusal(405, "method: CONNECT (expected: no tunnel)");
  private static final Refusal METHOD = bad("method: not a token");
  private static final Refusal TARGET =
      bad("request target: not a path (expected: /path, no control bytes, no space)");
  private static final Refusal ENCODING = bad("request target: bytes that are not UTF-8");
  private static final Refusal HOST = bad("Host: missing, repeated or malformed (expected: one)");
  private static final Refusal NAME = bad("header name: empty or not a token");
  private static final Refusal SCHEME = bad(":scheme: unknown (expected: http or https)");
  private static final Refusal FIELD =
      bad("header: not for HTTP/2 (expected: no connection header, no control bytes)");
  private static final Refusal FRAMING =
      bad("framing: Content-Length and Transfer-Encoding (expected: one of them, once)");

  private RequestGate() {}

  private static Refusal bad(String detail) {
    return new Refusal(400, detail);
  }

  static Passage check(HttpServerRequest request) {
    HttpMethod method = request.method();
    if (HttpMethod.CONNECT.equals(method)) {
      return CONNECT;
    }
    if (!Tokens.isToken(method.name())) {
      return METHOD;
    }
    MultiMap headers = request.headers();
    for (Map.Entry<String, String> field : headers) {
      if (!Tokens.isToken(field.getKey())) {
        return NAME;
      }
    }
    if (Http2.speaks(request)) {
      if (!Http2.fieldsAreRight(headers)) {
        return FIELD;
      }
      if (!isHost(Http2.authority(request))) {
        return HOST;
      }
      if (!"http".equals(request.scheme()) && !"https".equals(request.scheme())) {
        return SCHEME;
      }
    } else if (!hostIsRight(headers, request.version())) {
      return HOST;
    }
    if (!framingIsRight(headers)) {
      return FRAMING;
    }
    return target(request);
  }

  private static Passage target(HttpServerRequest request) {
    String uri = request.uri();
    if (uri.isEmpty() || uri.charAt(0) != '/') {
      boolean star = uri.equals("*") && HttpMethod.OPTIONS.equals(request.method());
      return star ? new Pass(uri) : TARGET;
    }
    boolean ascii = true;
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c == 0x7f || c == '#') {
        return TARGET;
      }
      ascii &= c < 0x80;
    }
    return ascii ? new Pass(uri) : utf8(uri);
  }

  /** The codec reads one char a byte but writes UTF-8: read as UTF-8, the bytes stay the same. */
  private static Passage utf8(String latin1) {
    try {
      byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
      return new Pass(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      return ENCODING;
    }
  }

  private static boolean hostIsRight(MultiMap headers, HttpVersion version) {
    List<String> hosts = headers.getAll("host");
    if (hosts.isEmpty()) {
      return version == HttpVersion.HTTP_1_0;
    }
    if (hosts.size() > 1) {
      return false;
    }
    return isHost(hosts.getFirst());
  }

  private static boolean isHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      if (!Tokens.isHostChar(host.charAt(i))) {
        return false;
      }
    }
    return !host.isEmpty() && host.charAt(0) != ':';
  }

  private static boolean framingIsRight(MultiMap headers) {
    boolean coded = headers.contains("transfer-encoding");
    if (!headers.contains("content-length")) {
      return !coded || headers.getAll("transfer-encoding").size() == 1;
    }
    return !coded && headers.getAll("content-length").size() == 1;
  }
}
