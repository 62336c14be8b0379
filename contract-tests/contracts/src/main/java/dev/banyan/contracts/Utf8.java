package dev.banyan.contracts;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict UTF-8: text only where the same bytes come back. */
final class Utf8 {
  private Utf8() {}

  /** Empty where the bytes are no UTF-8, or hold what YAML would lose: a byte order mark. */
  static Optional<String> decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\uFEFF') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }
}
