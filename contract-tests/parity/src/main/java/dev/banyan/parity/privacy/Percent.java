package dev.banyan.parity.privacy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Percent-encoding (RFC 3986) around a text that is masked. */
final class Percent {
  /** What a URL may hold as it is, and what no part of a URL would end at. */
  private static final String LITERAL = "-._~!$'()*,:@";

  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private Percent() {}

  /** How a plus reads. */
  enum Plus {
    PLUS,
    SPACE
  }

  /** Masks what the written text stands for; the same text where that changes nothing. */
  static String mask(String written, Plus plus, UnaryOperator<String> masking) {
    boolean coded = written.indexOf('%') >= 0;
    if (!coded && (plus == Plus.PLUS || written.indexOf('+') < 0)) {
      return masking.apply(written);
    }
    String meant = decode(written, plus);
    String masked = masking.apply(meant);
    return masked.equals(meant) ? written : encode(masked, plus, coded ? UNRESERVED : LITERAL);
  }

  /** Bytes that are no UTF-8 and signs that are no code stay visible as what they are. */
  static String decode(String written, Plus plus) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(written.length());
    byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%'
          && i + 2 < bytes.length
          && hex(bytes[i + 1]) >= 0
          && hex(bytes[i + 2]) >= 0) {
        out.write(hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
        i += 2;
      } else {
        out.write(bytes[i] == '+' && plus == Plus.SPACE ? ' ' : bytes[i]);
      }
    }
    byte[] meant = out.toByteArray();
    String text = new String(meant, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') >= 0 ? new String(meant, StandardCharsets.ISO_8859_1) : text;
  }

  private static String encode(String text, Plus plus, String literal) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (Runs.isDigit(c) || Runs.isLetter(c) || literal.indexOf(c) >= 0) {
        out.append(c);
      } else if (c == ' ' && plus == Plus.SPACE) {
        out.append('+');
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  private static int hex(byte b) {
    return Character.digit(b, 16);
  }
}
