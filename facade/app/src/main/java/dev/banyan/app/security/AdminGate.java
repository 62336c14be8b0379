package dev.banyan.app.security;

import dev.banyan.app.DataFolder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who holds the admin token, as a bearer token or in the page's cookie; everybody else may
 * ask for the health probes and nothing more. The metrics token reads the metrics alone. See
 * docs/adr/0005-admin-token.md and docs/adr/0010-seen-from-outside.md.
 */
@Singleton
public class AdminGate {
  private static final String COOKIE = "banyan-admin";
  private static final String BEARER = "Bearer ";
  private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int BEFORE_ALL = 10_000;

  private final Tokens tokens;
  private final byte[] metricsToken;
  private final String boundHost;

  AdminGate(DataFolder data, @ConfigProperty(name = "quarkus.http.host") String boundHost)
      throws IOException {
    this.tokens = Tokens.read(data.token(), data.people());
    this.metricsToken = data.metricsToken().getBytes(StandardCharsets.UTF_8);
    this.boundHost = boundHost.toLowerCase(Locale.ROOT);
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, BEFORE_ALL);
  }

  private void pass(RoutingContext context) {
    HttpServerRequest request = context.request();
    secure(context.response());
    if (!isOurs(request.authority())) {
      refuse(context, 421, "the Host header is not one of this admin port (DNS rebinding?)");
      return;
    }
    String path = context.normalizedPath();
    if (path.equals("/q/health") || path.startsWith("/q/health/")) {
      context.next();
      return;
    }
    String offered = request.getParam("token");
    if (path.equals("/") && offered != null && tokens.holder(offered).isPresent()) {
      giveCookie(context);
      return;
    }
    String authorization = request.getHeader("authorization");
    if (authorization != null && isBearer(authorization)) {
      String bearer = authorization.substring(BEARER.length()).strip();
      if (isKnown(context, bearer) || (isScrape(request, path) && isMetricsToken(bearer))) {
        context.next();
        return;
      }
    } else if (hasCookie(context)) {
      if (SAFE.contains(request.method()) || isSameOrigin(request)) {
        context.next();
      } else {
        refuse(context, 403, "this change did not come from Banyan's own page");
      }
      return;
    }
    context.response().putHeader("www-authenticate", "Bearer");
    refuse(
        context, 401, "the admin token is wanted: the file admin-token in the data folder has it");
  }

  /** The scheme's name is in any case (RFC 9110, section 11.1). */
  private static boolean isBearer(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  /** Whose token it is goes with the request ({@link Caller}). */
  private boolean isKnown(RoutingContext context, String offered) {
    Optional<String> holder = tokens.holder(offered);
    holder.ifPresent(name -> context.put(Caller.KEY, name));
    return holder.isPresent();
  }

  private static boolean isScrape(HttpServerRequest request, String path) {
    return path.equals("/q/metrics") && SAFE.contains(request.method());
  }

  private boolean isMetricsToken(String offered) {
    return MessageDigest.isEqual(metricsToken, offered.getBytes(StandardCharsets.UTF_8));
  }

  private boolean hasCookie(RoutingContext context) {
    Cookie cookie = context.request().getCookie(COOKIE);
    return cookie != null && isKnown(context, cookie.getValue());
  }

  /** Takes the token out of the address bar. */
  private static void giveCookie(RoutingContext context) {
    context
        .response()
        .addCookie(
            Cookie.cookie(COOKIE, context.request().getParam("token"))
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setPath("/"))
        .setStatusCode(303)
        .putHeader("location", "/")
        .end();
  }

  private static boolean isSameOrigin(HttpServerRequest request) {
    String site = request.getHeader("sec-fetch-site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = request.getHeader("origin");
    return origin != null && origin.equals("http://" + request.authority());
  }

  /** A name that somebody else points at this address must not reach the page. */
  private boolean isOurs(@Nullable HostAndPort authority) {
    if (authority == null) {
      return false;
    }
    String name = authority.host().toLowerCase(Locale.ROOT);
    boolean everywhere = boundHost.equals("0.0.0.0") || boundHost.equals("::");
    return LOOPBACK.contains(name) || name.equals(boundHost) || everywhere;
  }

  private static void secure(HttpServerResponse response) {
    response
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("cache-control", "no-store")
        .putHeader(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  private static void refuse(RoutingContext context, int status, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put(
                    "title",
                    status == 401
                        ? "Unauthorized"
                        : status == 403 ? "Forbidden" : "Misdirected Request")
                .put("status", status)
                .put("detail", detail)
                .encode());
  }
}
