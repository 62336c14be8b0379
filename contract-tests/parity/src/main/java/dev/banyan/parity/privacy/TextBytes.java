package dev.banyan.parity.privacy;

import dev.banyan.parity.body.MediaType;
import dev.banyan.parity.body.Text;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text and how it was written as bytes, so that another one can be written the same way.
 *
 * @param mark the byte order mark in front; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TextBytes(String text, Charset charset, byte[] mark) {
  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] UTF_16BE_MARK = {(byte) 0xFE, (byte) 0xFF};
  private static final byte[] UTF_16LE_MARK = {(byte) 0xFF, (byte) 0xFE};
  private static final int DECLARATION = 200;
  private static final Pattern ENCODING =
      Pattern.compile("^\\s*<\\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']");

  /** Bytes that are not in their charset are read one char for each, which loses nothing. */
  static TextBytes read(byte[] bytes, Optional<MediaType> type) {
    for (byte[] mark : new byte[][] {UTF_8_MARK, UTF_16BE_MARK, UTF_16LE_MARK}) {
      if (bytes.length >= mark.length
          && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length)) {
        Charset charset =
            mark.length == 3
                ? StandardCharsets.UTF_8
                : mark[0] == UTF_16BE_MARK[0]
                    ? StandardCharsets.UTF_16BE
                    : StandardCharsets.UTF_16LE;
        return read(bytes, type, charset, mark);
      }
    }
    Charset charset =
        type.flatMap(MediaType::charset).or(() -> declared(bytes)).orElse(StandardCharsets.UTF_8);
    return read(bytes, Optional.of(plain(charset)), charset, new byte[0]);
  }

  private static TextBytes read(
      byte[] bytes, Optional<MediaType> type, Charset charset, byte[] mark) {
    return Text.decode(bytes, type)
        .map(text -> new TextBytes(text, charset, mark))
        .orElseGet(
            () ->
                new TextBytes(
                    new String(bytes, StandardCharsets.ISO_8859_1),
                    StandardCharsets.ISO_8859_1,
                    new byte[0]));
  }

  private static MediaType plain(Charset charset) {
    return new MediaType("text/plain", java.util.Map.of("charset", charset.name()));
  }

  private static Optional<Charset> declared(byte[] bytes) {
    int length = Math.min(DECLARATION, bytes.length);
    Matcher declared = ENCODING.matcher(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    try {
      return declared.find() ? Optional.of(Charset.forName(declared.group(1))) : Optional.empty();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  /**
   * The bytes of another text; in UTF-8 with its mark where the charset does not have its letters.
   */
  byte[] with(UnaryOperator<String> masking) {
    String masked = masking.apply(text);
    if (!charset.canEncode() || !charset.newEncoder().canEncode(masked)) {
      return concat(UTF_8_MARK, masked.getBytes(StandardCharsets.UTF_8));
    }
    return concat(mark, masked.getBytes(charset));
  }

  private static byte[] concat(byte[] mark, byte[] rest) {
    return ByteBuffer.allocate(mark.length + rest.length).put(mark).put(rest).array();
  }
}
