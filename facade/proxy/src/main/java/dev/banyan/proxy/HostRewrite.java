package dev.banyan.proxy;

import dev.banyan.proxy.upstream.Endpoint;
import dev.banyan.rules.HostPolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gives an upstream another Host than the client sent, and maps what the answer says about it back:
 * {@code Location} and {@code Content-Location} that begin with the upstream's scheme and
 * authority, {@code Set-Cookie} whose Domain is its name. Everything else stays as it is.
 */
final class HostRewrite {
  private static final String DOMAIN = "domain=";

  private final String sent;
  private final String clientScheme;
  private final @Nullable String clientHost;

  private HostRewrite(String sent, String clientScheme, @Nullable String clientHost) {
    this.sent = sent;
    this.clientScheme = clientScheme;
    this.clientHost = clientHost;
  }

  static HostRewrite of(
      HostPolicy policy, Endpoint to, HttpServerRequest request, ForwardedHeaders forwarded) {
    String host = policy instanceof HostPolicy.Named(String name) ? name : to.authority();
    return new HostRewrite(host, forwarded.scheme(request), asked(request));
  }

  /** The authority that the client wrote; null where it wrote none. */
  private static @Nullable String asked(HttpServerRequest request) {
    if (!Http2.speaks(request)) {
      return request.getHeader("host");
    }
    String authority = Http2.authority(request);
    return authority.isEmpty() ? null : authority;
  }

  void request(MultiMap headers) {
    headers.set("Host", sent);
  }

  void answer(MultiMap headers) {
    if (clientHost == null) {
      return;
    }
    place(headers, "location", clientHost);
    place(headers, "content-location", clientHost);
    if (headers.contains("set-cookie")) {
      List<String> mapped = new ArrayList<>();
      for (String cookie : headers.getAll("set-cookie")) {
        mapped.add(cookie(cookie, clientHost));
      }
      headers.set("Set-Cookie", mapped);
    }
  }

  private void place(MultiMap headers, String name, String host) {
    String value = headers.get(name);
    if (value == null) {
      return;
    }
    int from = value.startsWith("//") ? 2 : value.indexOf("://") + 3;
    boolean named =
        from == 2
            || value.regionMatches(true, 0, "http://", 0, 7)
            || value.regionMatches(true, 0, "https://", 0, 8);
    if (!named || !value.regionMatches(true, from, sent, 0, sent.length())) {
      return;
    }
    int after = from + sent.length();
    if (after < value.length() && "/?#".indexOf(value.charAt(after)) < 0) {
      return;
    }
    String scheme = from == 2 ? "//" : clientScheme + "://";
    headers.set(
        name.equals("location") ? "Location" : "Content-Location",
        scheme + host + value.substring(after));
  }

  private String cookie(String cookie, String host) {
    int at = cookie.indexOf(';');
    while (at >= 0) {
      int start = at + 1;
      while (start < cookie.length() && cookie.charAt(start) == ' ') {
        start++;
      }
      int end = cookie.indexOf(';', start);
      int stop = end < 0 ? cookie.length() : end;
      if (cookie.regionMatches(true, start, DOMAIN, 0, DOMAIN.length())) {
        int value = start + DOMAIN.length();
        String domain = cookie.substring(value, stop).strip().toLowerCase(Locale.ROOT);
        String plain = domain.startsWith(".") ? domain.substring(1) : domain;
        return plain.equals(name(sent).toLowerCase(Locale.ROOT))
            ? cookie.substring(0, value) + name(host) + cookie.substring(stop)
            : cookie;
      }
      at = end;
    }
    return cookie;
  }

  /** Without the port. */
  private static String name(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }
}
