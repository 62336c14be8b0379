package dev.banyan.contracts.recordings;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A body out of its framing (RFC 9112, section 6).
 *
 * @param body null where the message was cut before its end
 * @param used bytes that the body took in its framing
 */
record RawBody(@Nullable Body body, int used) {
  private static final int CHUNK_LINE = 4096;

  /** What framing means where neither length nor chunks are named. */
  enum Unframed {
    /** A request: nothing follows. */
    EMPTY,
    /** An answer: all that follows. */
    TO_THE_END
  }

  static RawBody of(byte[] rest, Headers headers, Unframed unframed, Caps caps) {
    String coding =
        String.join(",", headers.values("transfer-encoding")).strip().toLowerCase(Locale.ROOT);
    if (coding.endsWith("chunked")) {
      return chunked(rest, caps);
    }
    String length = headers.first("content-length").orElse("");
    if (!length.isEmpty()) {
      return ofLength(rest, length, caps);
    }
    return switch (unframed) {
      case EMPTY -> new RawBody(Body.EMPTY, 0);
      case TO_THE_END -> new RawBody(kept(rest, caps), rest.length);
    };
  }

  private static RawBody ofLength(byte[] rest, String length, Caps caps) {
    if (!length.matches("\\d{1,10}") || Long.parseLong(length) > rest.length) {
      return cut(rest);
    }
    int bytes = Integer.parseInt(length);
    return new RawBody(kept(Arrays.copyOf(rest, bytes), caps), bytes);
  }

  private static RawBody chunked(byte[] rest, Caps caps) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int end = lineEnd(rest, at);
      int size = end < 0 ? -1 : size(rest, at, end);
      if (size < 0 || size > rest.length - (end + 1)) {
        return cut(rest);
      }
      at = end + 1;
      if (size == 0) {
        return afterTrailers(rest, at, kept(body.toByteArray(), caps));
      }
      body.write(rest, at, size);
      int next = lineEnd(rest, at + size);
      if (next < 0 || next > at + size + 1) {
        return cut(rest);
      }
      at = next + 1;
    }
  }

  private static RawBody afterTrailers(byte[] rest, int from, Body body) {
    int at = from;
    while (true) {
      int end = lineEnd(rest, at);
      if (end < 0) {
        // Recorders drop the last empty line; the chunk of size 0 has said that all is there.
        return new RawBody(body, rest.length);
      }
      boolean empty = end == at || (end == at + 1 && rest[at] == '\r');
      at = end + 1;
      if (empty) {
        return new RawBody(body, at);
      }
    }
  }

  private static int size(byte[] rest, int from, int end) {
    int size = 0;
    int digits = 0;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(rest[i], 16);
      if (digit < 0) {
        // An extension, white space, or the carriage return.
        return digits > 0 && ";\t \r".indexOf(rest[i]) >= 0 ? size : -1;
      }
      if (++digits > 7) {
        return -1;
      }
      size = size * 16 + digit;
    }
    return digits > 0 ? size : -1;
  }

  private static int lineEnd(byte[] rest, int from) {
    for (int i = from; i < Math.min(rest.length, from + CHUNK_LINE); i++) {
      if (rest[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static Body kept(byte[] bytes, Caps caps) {
    return bytes.length > caps.body() ? new Body.TooLarge(caps.body()) : new Body.Whole(bytes);
  }

  private static RawBody cut(byte[] rest) {
    return new RawBody(null, rest.length);
  }
}
