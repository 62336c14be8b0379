package dev.banyan.proxy.edge;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses that are believed when they say whom they speak for: single ones and networks. */
public final class TrustedProxies {
  /** The bits of an address that count, of which there are {@code bits}. */
  private static final class Network {
    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
      this.prefix = prefix;
      this.bits = bits;
    }

    boolean holds(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      int whole = bits / 8;
      if (!Arrays.equals(prefix, 0, whole, address, 0, whole)) {
        return false;
      }
      int rest = bits % 8;
      int mask = 0xff << (8 - rest);
      return rest == 0 || ((prefix[whole] ^ address[whole]) & mask) == 0;
    }
  }

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads addresses such as {@code 10.1.2.3}, {@code 10.0.0.0/8} and {@code fd00::/8}.
   *
   * @throws IllegalArgumentException for anything else, and for a network with bits behind its mask
   */
  public static TrustedProxies of(List<String> written) {
    List<Network> networks = new ArrayList<>();
    for (String one : written) {
      networks.add(network(one.strip()));
    }
    return new TrustedProxies(List.copyOf(networks));
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    int bits = address == null ? -1 : slash < 0 ? 8 * address.length : number(text, slash + 1);
    if (address == null || bits < 0 || bits > 8 * address.length) {
      throw wrong(text, "an address or a network such as 10.0.0.0/8 or fd00::/8");
    }
    for (int bit = bits; bit < 8 * address.length; bit++) {
      if ((address[bit / 8] >> (7 - bit % 8) & 1) != 0) {
        throw wrong(text, "no bit set behind the first " + bits);
      }
    }
    return new Network(address, bits);
  }

  private static int number(String text, int from) {
    try {
      String digits = text.substring(from);
      return digits.length() > 3 || digits.startsWith("+") ? -1 : Integer.parseInt(digits);
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }

  private static IllegalArgumentException wrong(String text, String expected) {
    return new IllegalArgumentException("trusted proxy: " + text + " (expected: " + expected + ")");
  }

  /** The bytes of a numeric address, an IPv4 address in IPv6's clothes as IPv4; or null. */
  static byte @Nullable [] bytes(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length != 16) {
      return bytes;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return bytes;
      }
    }
    boolean mapped = bytes[10] == -1 && bytes[11] == -1;
    return mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
  }

  public boolean isEmpty() {
    return networks.isEmpty();
  }

  /** Whether a numeric address is one of them. */
  public boolean contains(@Nullable String address) {
    if (networks.isEmpty() || address == null) {
      return false;
    }
    byte[] bytes = bytes(address);
    if (bytes == null) {
      return false;
    }
    for (Network network : networks) {
      if (network.holds(bytes)) {
        return true;
      }
    }
    return false;
  }
}
