package dev.banyan.parity.body;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The bytes that a percent-encoded text stands for (RFC 3986, section 2.1), whatever charset they
 * are in. A plus is a plus: that it is a space is known to forms alone.
 */
final class PercentCoding {
  private PercentCoding() {}

  /** Empty where a percent sign has no two hex digits behind it. */
  static Optional<byte[]> bytes(String written) {
    byte[] signs = written.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(signs.length);
    for (int i = 0; i < signs.length; i++) {
      if (signs[i] != '%') {
        out.write(signs[i]);
        continue;
      }
      if (i + 2 >= signs.length || digit(signs[i + 1]) < 0 || digit(signs[i + 2]) < 0) {
        return Optional.empty();
      }
      out.write(digit(signs[i + 1]) << 4 | digit(signs[i + 2]));
      i += 2;
    }
    return Optional.of(out.toByteArray());
  }

  private static int digit(byte sign) {
    return Character.digit(sign, 16);
  }
}
