package dev.banyan.proxy;

import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names of header fields, cheaply: those asked for in every request with their hash made once, and
 * any other one in lower case without a new string each time.
 */
final class FieldNames {
  static final CharSequence CONNECTION = HttpHeaders.createOptimized("connection");
  static final CharSequence TE = HttpHeaders.createOptimized("te");
  static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  static final CharSequence X_FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
  static final CharSequence X_FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
  static final CharSequence X_FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
  static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");

  private static final int SIZE = 1024;
  private static final int LONGEST = 64;

  /** A name seen before; immutable, so event loops may share it without a lock. */
  private record Seen(String name, String lower) {}

  private static final @Nullable Seen[] SEEN = new Seen[SIZE];

  private FieldNames() {}

  /** The same name in lower case; for a name seen before, a string whose hash is known. */
  static String lower(String name) {
    if (name.length() > LONGEST) {
      return name.toLowerCase(Locale.ROOT);
    }
    int slot = name.hashCode() & (SIZE - 1);
    Seen seen = SEEN[slot];
    if (seen != null && seen.name.equals(name)) {
      return seen.lower;
    }
    Seen first = new Seen(name, name.toLowerCase(Locale.ROOT));
    SEEN[slot] = first;
    return first.lower;
  }
}
