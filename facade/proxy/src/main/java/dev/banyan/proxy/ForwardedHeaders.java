package dev.banyan.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the upstream who asked: X-Forwarded-* and Forwarded (RFC 7239), set by us and believed of
 * few.
 */
final class ForwardedHeaders {
  /** Never copied from a client that is not trusted. */
  static final Set<String> NAMES =
      Set.of(
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-proto",
          "x-forwarded-host",
          "x-forwarded-port");

  private final Set<String> trusted;

  ForwardedHeaders(List<String> trusted) {
    this.trusted = new HashSet<>(trusted);
  }

  /** Sets them on the headers that go upstream. */
  void set(HttpServerRequest request, MultiMap upstream) {
    String peer = request.remoteAddress().hostAddress();
    String client = peer == null ? "unknown" : peer;
    String scheme = request.isSSL() ? "https" : "http";
    String host = request.getHeader("host");
    boolean believed = trusted.contains(client);
    MultiMap incoming = request.headers();

    upstream.set(
        "x-forwarded-for",
        joined(believed ? incoming.getAll("x-forwarded-for") : List.of(), client));
    upstream.set("x-forwarded-proto", kept(believed, incoming.get("x-forwarded-proto"), scheme));
    if (host != null) {
      upstream.set("x-forwarded-host", kept(believed, incoming.get("x-forwarded-host"), host));
    }
    String node = client.indexOf(':') >= 0 ? "\"[" + client + "]\"" : client;
    String mine =
        "for=" + node + (host == null ? "" : ";host=\"" + host + "\"") + ";proto=" + scheme;
    upstream.set("forwarded", joined(believed ? incoming.getAll("forwarded") : List.of(), mine));
  }

  private static String joined(List<String> before, String mine) {
    return before.isEmpty() ? mine : String.join(", ", before) + ", " + mine;
  }

  private static String kept(
      boolean believed, @org.jspecify.annotations.Nullable String theirs, String mine) {
    return believed && theirs != null ? theirs : mine;
  }
}
