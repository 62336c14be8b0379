package dev.banyan.proxy;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** W3C Trace Context: passed on where it is valid, else begun. */
final class TraceContext {
  private static final String HEX = "0123456789abcdef";
  private static final int LENGTH = 55;

  private TraceContext() {}

  /** Whether a {@code traceparent} can be passed on (version 00, or a later one's first fields). */
  static boolean isValid(@Nullable String parent) {
    if (parent == null || parent.length() < LENGTH) {
      return false;
    }
    if (parent.charAt(2) != '-' || parent.charAt(35) != '-' || parent.charAt(52) != '-') {
      return false;
    }
    boolean first = parent.startsWith("00");
    if (parent.startsWith("ff") || (first && parent.length() != LENGTH)) {
      return false;
    }
    if (!first && parent.length() > LENGTH && parent.charAt(LENGTH) != '-') {
      return false;
    }
    return hex(parent, 0, 2)
        && hex(parent, 3, 35)
        && hex(parent, 36, 52)
        && hex(parent, 53, 55)
        && !zero(parent, 3, 35)
        && !zero(parent, 36, 52);
  }

  static String begin(RandomGenerator random) {
    return begin(random, "-00");
  }

  static String beginSampled(RandomGenerator random) {
    return begin(random, "-01");
  }

  private static String begin(RandomGenerator random, String flags) {
    String trace = digits(random.nextLong() | 1) + digits(random.nextLong());
    return "00-" + trace + "-" + digits(random.nextLong() | 1) + flags;
  }

  /** The same trace with a parent of its own, for a copy. */
  static String child(String parent, RandomGenerator random) {
    return parent.substring(0, 36) + digits(random.nextLong() | 1) + parent.substring(52);
  }

  private static String digits(long bits) {
    return HexFormat.of().toHexDigits(bits);
  }

  private static boolean hex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (HEX.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean zero(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
