package dev.banyan.proxy;

import dev.banyan.proxy.edge.RefusalReason;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is other in HTTP/2 (RFC 9113) than in HTTP/1.1, for requests of clients. */
final class Http2 {
  /** RST_STREAM behind a whole answer: the rest of the request is not wanted (RFC 9113 8.1). */
  static final long NO_ERROR = 0;

  /** RST_STREAM: the sender has met an error of its own. */
  static final long INTERNAL_ERROR = 2;

  /** RST_STREAM: nothing was done with the request; it may be sent again. */
  static final long REFUSED_STREAM = 7;

  /** RST_STREAM: nobody wants the stream any more. */
  static final long CANCEL = 8;

  /** At a time on one connection; what the servers of .NET allow by default. */
  static final int STREAMS = 100;

  /** Bytes of one stream that may be on their way to who does not take them (RFC 9113 6.9.2). */
  private static final int STREAM_WINDOW = 65_535;

  /**
   * Bytes of one connection, likewise. Twice what all streams may hold, since what was taken is
   * given back only when it is half of this: no stream that is not read takes another one's share.
   */
  static final int CONNECTION_WINDOW = 2 * STREAMS * STREAM_WINDOW;

  private static final RequestGate.Refusal FIELD =
      RequestGate.bad(
          RefusalReason.HEADER,
          "header: not for HTTP/2 (expected: no connection header, no control bytes)");
  private static final RequestGate.Refusal LENGTH =
      RequestGate.bad(
          RefusalReason.FRAMING, "Content-Length: of a body that does not come (expected: 0)");
  private static final RequestGate.Refusal SCHEME =
      RequestGate.bad(RefusalReason.TARGET, ":scheme: unknown (expected: http or https)");

  private Http2() {}

  /** What one connection may cost. */
  static Http2Settings settings() {
    return new Http2Settings()
        .setMaxConcurrentStreams(STREAMS)
        .setMaxHeaderListSize(FacadeVerticle.MAX_HEADERS);
  }

  /**
   * Widens the window of an upstream's connection. Not by vertx-core's own option, which would also
   * let as many bytes wait for an upstream that does not read.
   */
  static void widen(Channel channel, Http2ConnectionHandler handler) {
    try {
      handler
          .decoder()
          .flowController()
          .incrementWindowSize(
              handler.connection().connectionStream(), CONNECTION_WINDOW - STREAM_WINDOW);
      channel.flush();
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isSpokenOn(HttpConnection connection) {
    return connection instanceof ConnectionBase base
        && base.channel().pipeline().get(Http2ConnectionHandler.class) != null;
  }

  /** Makes a head that was written for HTTP/1.1 one of HTTP/2. */
  static void headTo(HttpClientRequest upstream) {
    MultiMap headers = upstream.headers();
    String host = headers.get("host");
    if (host != null) {
      upstream.authority(HostAndPort.parseAuthority(host, -1));
      headers.remove("host");
    }
  }

  static boolean speaks(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2;
  }

  /** Whether the head was the whole request (END_STREAM). */
  static boolean endsWithHead(HttpServerRequest request) {
    if (request.connection() instanceof ConnectionBase connection) {
      Http2ConnectionHandler handler =
          connection.channel().pipeline().get(Http2ConnectionHandler.class);
      Http2Stream stream = handler == null ? null : handler.connection().stream(request.streamId());
      return stream == null || !stream.state().remoteSideOpen();
    }
    return request.isEnded();
  }

  /** {@code :authority}, or Host where there is none; empty where there is neither. */
  static String authority(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null) {
      return "";
    }
    String host = authority.host();
    return authority.port() < 0 ? host : host + ":" + authority.port();
  }

  /** What is wrong with a head of HTTP/2 alone, or null. */
  static RequestGate.@Nullable Refusal refusal(HttpServerRequest request) {
    if (!fieldsAreRight(request.headers())) {
      return FIELD;
    }
    if (!HeadRules.isHost(authority(request))) {
      return HeadRules.HOST;
    }
    if (announcesMore(request)) {
      return LENGTH;
    }
    return "http".equals(request.scheme()) || "https".equals(request.scheme()) ? null : SCHEME;
  }

  /**
   * Whether a request that has ended says that it has a body: an upstream of HTTP/1.1 would take
   * the next request for it. The codec holds frames to their length; this holds what we send.
   */
  private static boolean announcesMore(HttpServerRequest request) {
    String length = request.headers().get("content-length");
    if (length == null) {
      return false;
    }
    for (int i = 0; i < length.length(); i++) {
      if (length.charAt(i) != '0') {
        return endsWithHead(request);
      }
    }
    return false;
  }

  /**
   * The fields that HTTP/2 forbids (RFC 9113 8.2): each of them could become framing or another
   * field on the way to an HTTP/1.1 upstream.
   */
  private static boolean fieldsAreRight(MultiMap headers) {
    for (Map.Entry<String, String> field : headers) {
      String value = field.getValue();
      switch (field.getKey()) {
        case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade" -> {
          return false;
        }
        case "te" -> {
          if (!value.equalsIgnoreCase("trailers")) {
            return false;
          }
        }
        default -> {}
      }
      if (!isFieldValue(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFieldValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
