package dev.banyan.proxy;

import dev.banyan.rules.Stickiness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's cookies: those of the facade itself go no further than here. */
final class Cookies {
  private Cookies() {}

  /** HTTP/2 may send a cookie in crumbs (RFC 9113 8.2.3); null without any. */
  static @Nullable String joined(List<String> crumbs) {
    return crumbs.isEmpty() ? null : String.join("; ", crumbs);
  }

  /** As the upstream gets them; null if none is left. Mostly the same text. */
  static @Nullable String onward(String cookies) {
    return cookies.contains(Stickiness.COOKIES) ? without(cookies) : cookies;
  }

  private static @Nullable String without(String cookies) {
    StringBuilder rest = new StringBuilder(cookies.length());
    for (String cookie : cookies.split(";", -1)) {
      if (!cookie.strip().startsWith(Stickiness.COOKIES)) {
        rest.append(rest.isEmpty() ? "" : ";").append(rest.isEmpty() ? cookie.strip() : cookie);
      }
    }
    return rest.isEmpty() ? null : rest.toString();
  }
}
