package dev.banyan.proxy;

import io.vertx.core.MultiMap;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** W3C Trace Context: passed on where it is valid, begun where it is not. */
final class TraceContext {
  private static final int LENGTH = 55;
  private static final HexFormat HEX = HexFormat.of();

  private TraceContext() {}

  /**
   * Sets traceparent on the headers that go upstream; a tracestate without a valid parent is
   * removed.
   */
  static void passOrBegin(MultiMap upstream) {
    String parent = upstream.get("traceparent");
    if (parent == null || !isValid(parent)) {
      upstream.set("traceparent", "00-" + randomHex() + randomHex() + "-" + randomHex() + "-00");
      upstream.remove("tracestate");
    }
  }

  /** The same trace with a span of its own, for a copy. */
  static String child(@Nullable String parent) {
    return parent == null || !isValid(parent)
        ? "00-" + randomHex() + randomHex() + "-" + randomHex() + "-00"
        : parent.substring(0, 36) + randomHex() + parent.substring(52);
  }

  static boolean isValid(String parent) {
    if (parent.length() < LENGTH
        || parent.startsWith("ff")
        || (parent.startsWith("00") && parent.length() != LENGTH)) {
      return false;
    }
    boolean traceId = false;
    boolean spanId = false;
    for (int i = 0; i < LENGTH; i++) {
      char c = parent.charAt(i);
      if (i == 2 || i == 35 || i == 52) {
        if (c != '-') {
          return false;
        }
      } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      } else {
        traceId |= i > 2 && i < 35 && c != '0';
        spanId |= i > 35 && i < 52 && c != '0';
      }
    }
    return traceId && spanId;
  }

  private static String randomHex() {
    return HEX.toHexDigits(ThreadLocalRandom.current().nextLong() | 1L);
  }
}
