package dev.banyan.proxy;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers that belong to one connection and are never copied (RFC 9110 section 7.6.1). */
final class HopByHop {
  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-authentication-info",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private HopByHop() {}

  /**
   * The lower-case names that may not be copied from these headers: the known ones and those
   * Connection names.
   */
  static Set<String> of(MultiMap headers) {
    List<String> connection = headers.getAll("connection");
    if (connection.isEmpty()) {
      return ALWAYS;
    }
    Set<String> names = null;
    for (String value : connection) {
      for (String token : value.split(",", -1)) {
        String name = token.strip().toLowerCase(Locale.ROOT);
        if (!name.equals("close") && !ALWAYS.contains(name) && isNamed(name)) {
          names = names == null ? new HashSet<>(ALWAYS) : names;
          names.add(name);
        }
      }
    }
    return names == null ? ALWAYS : names;
  }

  /** What frames the message or says where it goes cannot be named away. */
  private static boolean isNamed(String name) {
    return !name.isEmpty() && !name.equals("content-length") && !name.equals("host");
  }
}
