package dev.banyan.proxy;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.proxy.edge.RefusalReason;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Lets only requests pass that every upstream reads the same way (RFC 9112, RFC 9110 5.6.2): what
 * the codec lets through and two parsers could take for two things ends here. What becomes of which
 * request stands in docs/reference/edge.md, which a test holds against this class.
 */
final class RequestGate {
  /** A request that goes no further. */
  record Refusal(int status, RefusalReason reason, String detail) implements Passage {}

  /** A request that goes on, with its target as it is to be sent. */
  record Pass(String target) implements Passage {}

  sealed interface Passage permits Refusal, Pass {}

  private static final int LONGEST_METHOD = 64;

  private static final Refusal CONNECT = method(405, "method: CONNECT (expected: no tunnel)");
  private static final Refusal TRACE = method(405, "method: TRACE (expected: none that echoes)");
  private static final Refusal METHOD = method(400, "method: not a token");
  private static final Refusal LONG_METHOD = method(501, "method: unknown");
  private static final Refusal TARGET =
      bad(
          RefusalReason.TARGET,
          "request target: not a path (expected: /path, no control bytes, no space)");
  private static final Refusal ENCODING =
      bad(RefusalReason.TARGET, "request target: bytes that are not UTF-8");

  private final HeadRules rules;

  RequestGate(EdgeLimits limits) {
    rules = new HeadRules(limits);
  }

  static Refusal bad(RefusalReason reason, String detail) {
    return new Refusal(400, reason, detail);
  }

  private static Refusal method(int status, String detail) {
    return new Refusal(status, RefusalReason.METHOD, detail);
  }

  Passage check(HttpServerRequest request) {
    HttpMethod method = request.method();
    if (HttpMethod.CONNECT.equals(method)) {
      return CONNECT;
    }
    if (HttpMethod.TRACE.equals(method)) {
      return TRACE;
    }
    if (method.name().length() > LONGEST_METHOD) {
      return LONG_METHOD;
    }
    if (!Tokens.isToken(method.name())) {
      return METHOD;
    }
    MultiMap headers = request.headers();
    if (!Http2.speaks(request)) {
      Refusal refusal = rules.check(headers, request.version() == HttpVersion.HTTP_1_0);
      return refusal == null ? target(request) : refusal;
    }
    Refusal refusal = Http2.refusal(request);
    if (refusal == null) {
      // The authority has been looked at instead of Host.
      refusal = rules.check(headers, true);
    }
    return refusal == null ? target(request) : refusal;
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
}
