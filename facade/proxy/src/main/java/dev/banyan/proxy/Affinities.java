package dev.banyan.proxy;

import dev.banyan.rules.Affinity;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** Finds in a request what keeps it together with others. */
interface Affinities {
  Affinities NONE = headers -> null;

  /** The value, or null where the request has none. */
  @Nullable String value(MultiMap headers);

  static Affinities of(Affinity affinity) {
    return switch (affinity) {
      case Affinity.None none -> NONE;
      case Affinity.Header(String name) -> headers -> headers.get(name);
      case Affinity.Cookie(String name) -> headers -> cookie(headers.get("cookie"), name + "=");
    };
  }

  /** The value of the first cookie of this name; quotes and blanks in it stay. */
  private static @Nullable String cookie(@Nullable String cookies, String start) {
    if (cookies == null) {
      return null;
    }
    int at = 0;
    while (at < cookies.length()) {
      while (at < cookies.length() && cookies.charAt(at) == ' ') {
        at++;
      }
      int end = cookies.indexOf(';', at);
      end = end < 0 ? cookies.length() : end;
      if (cookies.startsWith(start, at)) {
        return cookies.substring(at + start.length(), end);
      }
      at = end + 1;
    }
    return null;
  }
}
