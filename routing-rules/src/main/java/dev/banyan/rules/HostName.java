package dev.banyan.rules;

import java.util.Locale;

/** The host part of a Host header. */
final class HostName {
  private HostName() {}

  /** Lower-case and without a port; an IPv6 literal keeps its brackets. */
  static String of(String authority) {
    int end = authority.length();
    int colon = authority.lastIndexOf(':');
    if (colon > authority.lastIndexOf(']')) {
      end = colon;
    }
    return authority.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /**
   * Whether {@code host} is exactly one label in front of {@code suffix}, which begins with a dot.
   */
  static boolean isOneLabelBelow(String host, String suffix) {
    int label = host.length() - suffix.length();
    return label > 0 && host.endsWith(suffix) && host.lastIndexOf('.', label - 1) < 0;
  }
}
