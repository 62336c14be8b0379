package dev.banyan.parity;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The part of two long values where they begin to differ, short enough for people. */
final class Excerpt {
  /** Units (chars or bytes) shown before the first difference. */
  private static final int BEFORE = 30;

  private static final int TEXT = 120;
  private static final int HEX = 24;

  private Excerpt() {}

  /** The same window of both sides. */
  record Pair(String control, String candidate) {}

  /** Two values, as JSON; empty for one that is not there. */
  static Pair of(@Nullable Json control, @Nullable Json candidate) {
    if (control instanceof Json.Text left && candidate instanceof Json.Text right) {
      return ofTexts(JsonText.quoted(left.value()), JsonText.quoted(right.value()));
    }
    return new Pair(brief(control), brief(candidate));
  }

  private static String brief(@Nullable Json json) {
    return json == null ? "" : JsonText.brief(json);
  }

  /** Both as they are where they are short; else from shortly before the first other char. */
  static Pair ofTexts(String control, String candidate) {
    int limit = Difference.FRAGMENT;
    if (control.length() <= limit && candidate.length() <= limit) {
      return new Pair(control, candidate);
    }
    int at = 0;
    int shorter = Math.min(control.length(), candidate.length());
    while (at < shorter && control.charAt(at) == candidate.charAt(at)) {
      at++;
    }
    int from = Math.max(0, at - BEFORE);
    return new Pair(window(control, from), window(candidate, from));
  }

  /** Says the offset and both lengths; text where the bytes there are text, else hex. */
  static Pair ofBytes(byte[] control, byte[] candidate) {
    int at = Arrays.mismatch(control, candidate);
    return new Pair(window(control, at), window(candidate, at));
  }

  private static String window(String text, int from) {
    String shown = text.substring(from, Math.min(text.length(), from + Difference.FRAGMENT - 2));
    return (from > 0 ? "…" : "") + shown + (from + shown.length() < text.length() ? "…" : "");
  }

  private static String window(byte[] bytes, int at) {
    String place = "at byte " + at + " of " + bytes.length + ": ";
    int from = characterStart(bytes, Math.max(0, at - BEFORE));
    int to = characterStart(bytes, Math.min(bytes.length, from + TEXT));
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, from, Math.max(0, to - from)))
              .toString();
      if (text.chars().noneMatch(Excerpt::isBinary)) {
        return place + (from > 0 ? "…" : "") + text + (to < bytes.length ? "…" : "");
      }
    } catch (CharacterCodingException binary) {
      // Shown as hex below.
    }
    int hexTo = Math.min(bytes.length, at + HEX);
    return place
        + HexFormat.ofDelimiter(" ").formatHex(bytes, Math.min(at, hexTo), hexTo)
        + (hexTo < bytes.length ? " …" : "");
  }

  /** The nearest start of a UTF-8 character at or before. */
  private static int characterStart(byte[] bytes, int at) {
    int start = at;
    while (start > 0 && start < bytes.length && at - start < 3 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    return start;
  }

  private static boolean isBinary(int c) {
    return (c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7F;
  }
}
