package dev.banyan.proxy;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which fields belong to one connection and go no further (RFC 9110 7.6.1). */
final class HopByHop {
  /** Never go on, whatever Connection says; framing is written anew on each connection. */
  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "te",
          "upgrade",
          "proxy-authenticate",
          "proxy-authorization",
          "http2-settings");

  /** Meant for everybody, so not a connection's to remove, whoever names them. */
  private static final Set<String> END_TO_END =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "content-encoding",
          "authorization",
          "cookie",
          "set-cookie",
          "cache-control");

  private HopByHop() {}

  /** The fields that Connection names beyond the known ones, in lower case; mostly none. */
  static Set<String> named(MultiMap headers) {
    if (!headers.contains(FieldNames.CONNECTION)) {
      return Set.of();
    }
    Set<String> named = Set.of();
    List<String> values = headers.getAll(FieldNames.CONNECTION);
    for (String value : values) {
      if (value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close")) {
        continue; // mostly that, and nothing to be taken apart
      }
      for (String token : value.split(",", -1)) {
        String name = token.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty()
            || name.equals("close")
            || ALWAYS.contains(name)
            || END_TO_END.contains(name)) {
          continue;
        }
        if (named.isEmpty()) {
          named = new HashSet<>();
        }
        named.add(name);
      }
    }
    return named;
  }

  /** Whether Connection names this, given in lower case. */
  static boolean named(MultiMap headers, String lowerCaseName) {
    for (String value : headers.getAll(FieldNames.CONNECTION)) {
      for (String token : value.split(",", -1)) {
        if (token.strip().toLowerCase(Locale.ROOT).equals(lowerCaseName)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean stays(String lowerCaseName, Set<String> named) {
    return ALWAYS.contains(lowerCaseName) || named.contains(lowerCaseName);
  }

  /** Whether the other side says it can take trailers. */
  static boolean takesTrailers(MultiMap headers) {
    return headers.contains(FieldNames.TE)
        && headers.getAll(FieldNames.TE).stream()
            .anyMatch(v -> v.strip().equalsIgnoreCase("trailers"));
  }
}
