package dev.banyan.modulekit.shadow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An address with the number of its leading bits that count, as in {@code 10.1.0.0/16}. */
final class Network {

  private final byte[] address; // 4 or 16
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * @throws IllegalArgumentException where the text is neither an address nor a network
   */
  static Network parse(String text) {
    String written = text.strip();
    int slash = written.indexOf('/');
    String host = slash < 0 ? written : written.substring(0, slash);
    byte[] address = literal(host, text);
    int bits = slash < 0 ? address.length * 8 : bitsOf(written.substring(slash + 1), text);
    if (bits > address.length * 8) {
      throw wrong(text);
    }
    return new Network(address, bits);
  }

  boolean contains(InetAddress other) {
    byte[] bytes = other.getAddress();
    if (bytes.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(bytes, 0, whole, address, 0, whole)) {
      return false;
    }
    int mask = 0xff00 >> (bits % 8) & 0xff;
    return mask == 0 || (bytes[whole] & mask) == (address[whole] & mask);
  }

  /** Only what cannot be a name: names would be asked of DNS. */
  private static byte[] literal(String host, String text) {
    if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw wrong(text);
    }
    try {
      return InetAddress.getByName(host).getAddress();
    } catch (UnknownHostException notAnAddress) {
      throw wrong(text);
    }
  }

  private static int bitsOf(String number, String text) {
    if (!number.matches("\\d{1,3}")) {
      throw wrong(text);
    }
    return Integer.parseInt(number);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "banyan.shadow.trusted: " + text + " (expected: an address or a network)");
  }
}
