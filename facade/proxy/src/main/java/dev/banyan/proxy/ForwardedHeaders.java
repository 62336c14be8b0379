package dev.banyan.proxy;

import dev.banyan.proxy.edge.HopAddress;
import dev.banyan.proxy.edge.TrustedProxies;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/**
 * Who asked, for the upstream: {@code X-Forwarded-*} and {@code Forwarded} (RFC 7239). What a
 * client claims is replaced; what a trusted proxy says is kept and added to.
 */
final class ForwardedHeaders {
  private static final CharSequence FOR = FieldNames.X_FORWARDED_FOR;
  private static final CharSequence PROTO = FieldNames.X_FORWARDED_PROTO;
  private static final CharSequence HOST = FieldNames.X_FORWARDED_HOST;
  private static final CharSequence FORWARDED = FieldNames.FORWARDED;

  private final TrustedProxies trusted;

  ForwardedHeaders(TrustedProxies trusted) {
    this.trusted = trusted;
  }

  /** Whether what the peer says about others is believed. */
  boolean trusts(HttpServerRequest request) {
    return !trusted.isEmpty() && trusted.contains(request.remoteAddress().hostAddress());
  }

  /**
   * Who asks: the peer, or the last address that trusted proxies name and do not have, in one
   * spelling and without its port. Where a hop is no address nothing before it is believed either,
   * since anybody may have written it: the peer counts.
   */
  String client(HttpServerRequest request) {
    String peer = request.remoteAddress().hostAddress();
    if (!trusts(request) || !request.headers().contains(FOR)) {
      return peer;
    }
    String[] hops = String.join(",", request.headers().getAll(FOR)).split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      if (hops[i].isBlank()) {
        continue;
      }
      String hop = HopAddress.of(hops[i].strip());
      if (hop == null) {
        return peer;
      }
      if (!trusted.contains(hop)) {
        return hop;
      }
    }
    return peer;
  }

  /**
   * The scheme the client used, {@code http} or {@code https}: what a trusted proxy says, or ours.
   */
  String scheme(HttpServerRequest request) {
    String own = request.isSSL() ? "https" : "http";
    String said = trusts(request) ? request.headers().get(PROTO) : null;
    if (said == null) {
      return own;
    }
    // Of several the first one is what the client used.
    int comma = said.indexOf(',');
    String first = (comma < 0 ? said : said.substring(0, comma)).strip();
    return first.equalsIgnoreCase("https")
        ? "https"
        : first.equalsIgnoreCase("http") ? "http" : own;
  }

  static boolean isOne(String lowerCaseName) {
    return switch (lowerCaseName) {
      case "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded" -> true;
      default -> false;
    };
  }

  /**
   * Fields with which proxies tell a server who asked and for what, and which servers believe: from
   * anybody else they go no further. IIS takes the URL from {@code X-Original-URL}, ASP.NET the
   * scheme from {@code Front-End-Https}.
   */
  static boolean isClaim(String lowerCaseName) {
    return switch (lowerCaseName) {
      case "x-forwarded-port",
          "x-forwarded-prefix",
          "x-forwarded-path",
          "x-forwarded-scheme",
          "x-forwarded-protocol",
          "x-forwarded-ssl",
          "x-forwarded-server",
          "x-forwarded-client-cert",
          "x-forwarded-tlsversion",
          "x-real-ip",
          "x-client-ip",
          "x-cluster-client-ip",
          "true-client-ip",
          "x-original-url",
          "x-original-uri",
          "x-rewrite-url",
          "x-original-host",
          "x-original-for",
          "x-original-proto",
          "x-original-prefix",
          "x-client-cert",
          "x-ssl-client-cert",
          "x-arr-clientcert",
          "x-arr-ssl",
          "x-arr-log-id",
          "front-end-https",
          "x-url-scheme" ->
          true;
      default -> false;
    };
  }

  void write(HttpServerRequest request, MultiMap to) {
    String peer = request.remoteAddress().hostAddress();
    String scheme = request.isSSL() ? "https" : "http";
    MultiMap from = request.headers();
    String host = Http2.speaks(request) ? Http2.authority(request) : from.get("host");
    String element = element(peer, scheme, host);
    if (!trusts(request)) {
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
