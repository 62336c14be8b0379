package dev.banyan.contracts;

import dev.banyan.parity.CookieShape;
import dev.banyan.parity.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which headers a contract keeps: none that carries a secret, none that only this one call had. */
final class KeptHeaders {
  /** RFC 9110, section 7.6.1, and those that are in use beside it. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length");

  private static final Set<String> CREDENTIALS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "x-api-key",
          "api-key",
          "x-auth-token",
          "x-access-token",
          "x-csrf-token",
          "x-xsrf-token",
          "ocp-apim-subscription-key");

  private static final String HOST = "host";

  /**
   * What the way to the server added, or a client claimed that it had, and what would turn a whole
   * answer into a lesser one.
   */
  private static final Set<String> OF_THIS_REQUEST =
      Set.of(
          "forwarded",
          "via",
          "x-real-ip",
          "x-client-ip",
          "x-cluster-client-ip",
          "true-client-ip",
          "x-rewrite-url",
          "x-client-cert",
          "x-ssl-client-cert",
          "front-end-https",
          "x-url-scheme",
          "traceparent",
          "tracestate",
          "expect",
          "accept-encoding",
          "if-none-match",
          "if-modified-since");

  /** The same, by how their names begin. */
  private static final List<String> OF_THE_WAY =
      List.of("x-forwarded-", "x-original-", "x-arr-", "banyan-");

  private static final Set<String> OF_THIS_ANSWER =
      Set.of("date", "age", "server", "via", "x-aspnet-version", "traceparent", "tracestate");

  private KeptHeaders() {}

  static Headers ofRequest(Headers headers) {
    return keep(
        headers, name -> CREDENTIALS.contains(name) || name.equals(HOST) || isOfThisRequest(name));
  }

  /** What selects an answer: also who asks, and of which host. Never written. */
  static Headers toAskAgain(Headers headers) {
    return keep(headers, KeptHeaders::isOfThisRequest);
  }

  /** Names of the headers with credentials, in lower case. */
  static Set<String> credentials(Headers headers) {
    return headers.fields().stream()
        .map(field -> field.name().toLowerCase(Locale.ROOT))
        .filter(CREDENTIALS::contains)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isOfThisRequest(String name) {
    return OF_THIS_REQUEST.contains(name) || OF_THE_WAY.stream().anyMatch(name::startsWith);
  }

  /** Cookies are kept with their names and attributes, their values masked. */
  static Headers ofAnswer(Headers headers) {
    Headers kept =
        keep(headers, name -> OF_THIS_ANSWER.contains(name) || name.startsWith("banyan-"));
    return new Headers(
        kept.fields().stream()
            .map(
                field ->
                    field.name().equalsIgnoreCase("set-cookie")
                        ? new Headers.Field(
                            field.name(), CookieShape.of(List.of(field.value())).getFirst())
                        : field)
            .toList());
  }

  private static Headers keep(Headers headers, Predicate<String> dropped) {
    Set<String> named = new HashSet<>(HOP_BY_HOP);
    for (String value : headers.values("connection")) {
      for (String name : value.split(",", -1)) {
        named.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return new Headers(
        headers.fields().stream()
            .filter(
                field -> {
                  String name = field.name().toLowerCase(Locale.ROOT);
                  return !named.contains(name) && !dropped.test(name);
                })
            .toList());
  }
}
