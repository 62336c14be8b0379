package dev.banyan.rules;

import java.util.Locale;

/** The host part of a Host header: lower-case, without port and without the root's last dot. */
final class HostName {
  private HostName() {}

  /** Allocates only where there is a port, a last dot or a capital letter. */
  static String of(String authority) {
    int end = end(authority);
    String host = end == authority.length() ? authority : authority.substring(0, end);
    return isLowerCase(host, end) ? host : host.toLowerCase(Locale.ROOT);
  }

  /** Where the name ends; an IPv6 literal keeps its brackets. */
  static int end(String authority) {
    int colon = authority.lastIndexOf(':');
    int end = colon > authority.lastIndexOf(']') ? colon : authority.length();
    return end > 1 && authority.charAt(end - 1) == '.' ? end - 1 : end;
  }

  static boolean isLowerCase(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if ((c >= 'A' && c <= 'Z') || c >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code *.shop.example} or {@code shop.example} takes a host. */
  static boolean takes(String pattern, String host) {
    if (!pattern.startsWith("*.")) {
      return pattern.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot).equals(pattern.substring(1));
  }
}
