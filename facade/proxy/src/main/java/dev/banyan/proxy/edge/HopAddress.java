package dev.banyan.proxy.edge;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * One hop of {@code X-Forwarded-For}: an address, to which some proxies (Azure Application Gateway
 * is one) add the port, and which for IPv6 may stand in brackets.
 */
public final class HopAddress {
  private static final int LONGEST_PORT = 5;

  private HopAddress() {}

  /** The address alone, each in one spelling whoever wrote it; null where it is none. */
  public static @Nullable String of(String hop) {
    String address = withoutPort(hop);
    byte[] bytes = address == null ? null : TrustedProxies.bytes(address);
    return bytes == null ? null : NetUtil.bytesToIpAddress(bytes);
  }

  private static @Nullable String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      boolean right = end > 0 && (end == hop.length() - 1 || isPort(hop, end + 1));
      return right ? hop.substring(1, end) : null;
    }
    int colon = hop.indexOf(':');
    if (colon < 0 || colon != hop.lastIndexOf(':')) {
      return hop;
    }
    return isPort(hop, colon) ? hop.substring(0, colon) : null;
  }

  /** Whether a colon and digits stand from here to the end. */
  private static boolean isPort(String hop, int from) {
    int digits = hop.length() - from - 1;
    if (hop.charAt(from) != ':' || digits < 1 || digits > LONGEST_PORT) {
      return false;
    }
    for (int i = from + 1; i < hop.length(); i++) {
      if (hop.charAt(i) < '0' || hop.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
