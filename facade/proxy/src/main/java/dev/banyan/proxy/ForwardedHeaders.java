package dev.banyan.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/**
 * Who asked, for the upstream: {@code X-Forwarded-*} and {@code Forwarded} (RFC 7239). What a
 * client claims is replaced; what a trusted proxy says is kept and added to.
 */
final class ForwardedHeaders {
  private static final CharSequence FOR = FieldNames.X_FORWARDED_FOR;
  private static final CharSequence PROTO = FieldNames.X_FORWARDED_PROTO;
  private static final CharSequence HOST = FieldNames.X_FORWARDED_HOST;
  private static final CharSequence FORWARDED = FieldNames.FORWARDED;

  private final Set<String> trusted;

  ForwardedHeaders(Set<String> trusted) {
    this.trusted = trusted;
  }

  static boolean isOne(String lowerCaseName) {
    return switch (lowerCaseName) {
      case "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded" -> true;
      default -> false;
    };
  }

  void write(HttpServerRequest request, MultiMap to) {
    String peer = request.remoteAddress().hostAddress();
    String scheme = request.isSSL() ? "https" : "http";
    MultiMap from = request.headers();
    String host = Http2.speaks(request) ? Http2.authority(request) : from.get("host");
    String element = element(peer, scheme, host);
    if (!trusted.contains(peer)) {
      to.add(FOR, peer);
      to.add(PROTO, scheme);
      if (host != null) {
        to.add(HOST, host);
      }
      to.add(FORWARDED, element);
      return;
    }
    to.add(FOR, after(from, FOR, peer));
    to.add(PROTO, from.contains(PROTO) ? from.get(PROTO) : scheme);
    String first = from.contains(HOST) ? from.get(HOST) : host;
    if (first != null) {
      to.add(HOST, first);
    }
    to.add(FORWARDED, after(from, FORWARDED, element));
  }

  private static String after(MultiMap from, CharSequence name, String own) {
    return from.contains(name) ? String.join(", ", from.getAll(name)) + ", " + own : own;
  }

  private static String element(String peer, String scheme, String host) {
    StringBuilder out = new StringBuilder(64).append("for=");
    if (peer.indexOf(':') >= 0) {
      out.append("\"[").append(peer).append("]\"");
    } else {
      out.append(peer);
    }
    if (host != null) {
      // The gate lets no quote and no backslash into a host.
      out.append(";host=\"").append(host).append('"');
    }
    return out.append(";proto=").append(scheme).toString();
  }
}
