package dev.banyan.parity.body;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes as characters. A byte order mark wins over the named charset, and is not part of the text.
 */
public final class Text {
  private Text() {}

  /** Empty where the bytes are not valid in their charset (UTF-8 where none is named). */
  public static Optional<String> decode(byte[] bytes, Optional<MediaType> type) {
    if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
      return decode(bytes, 3, StandardCharsets.UTF_8);
    }
    if (starts(bytes, 0xFE, 0xFF)) {
      return decode(bytes, 2, StandardCharsets.UTF_16BE);
    }
    if (starts(bytes, 0xFF, 0xFE)) {
      return decode(bytes, 2, StandardCharsets.UTF_16LE);
    }
    return decode(bytes, 0, type.flatMap(MediaType::charset).orElse(StandardCharsets.UTF_8));
  }

  /** Empty where the bytes are no UTF-8; a byte order mark is part of the text. */
  static Optional<String> utf8(byte[] bytes) {
    return decode(bytes, 0, StandardCharsets.UTF_8);
  }

  private static Optional<String> decode(byte[] bytes, int from, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      // Far faster than a decoder; what is malformed leaves a mark, which may also be text.
      String text = new String(bytes, from, bytes.length - from, charset);
      if (text.indexOf('\uFFFD') < 0) {
        return Optional.of(text);
      }
    }
    try {
      ByteBuffer content = ByteBuffer.wrap(bytes, from, bytes.length - from);
      return Optional.of(charset.newDecoder().decode(content).toString());
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }

  private static boolean starts(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
