package dev.banyan.parity.body;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Undoes Content-Encoding within bounds, so that a small body cannot become a huge one. */
public final class ContentCoding {
  /** Bytes of a decoded body, at the most. */
  public static final int MAX_DECODED = 16 << 20;

  /** Decoded bytes per coded byte, at the most, once the body is larger than {@link #FREE}. */
  public static final int MAX_RATIO = 250;

  private static final int FREE = 1 << 20;

  private ContentCoding() {}

  /** What decoding came to. */
  public sealed interface Outcome {
    /**
     * The content itself.
     *
     * @param content given away
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Decoded(byte[] content) implements Outcome {}

    /** Over the bounds. */
    record TooLarge() implements Outcome {}

    /** A coding that is not known here, or bytes that are not in it. */
    record Unreadable() implements Outcome {}
  }

  /**
   * The codings that change anything, in lower case.
   *
   * @param values of Content-Encoding
   */
  public static List<String> codings(List<String> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    return values.stream()
        .flatMap(value -> QuotedText.split(value, ',').stream())
        .map(coding -> coding.toLowerCase(Locale.ROOT))
        .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
        .toList();
  }

  /**
   * @param codings as {@link #codings} gives them
   */
  public static Outcome decode(List<String> codings, byte[] bytes) {
    if (codings.isEmpty() || bytes.length == 0) {
      return new Outcome.Decoded(bytes);
    }
    if (codings.size() > 1) {
      return new Outcome.Unreadable();
    }
    return switch (codings.getFirst()) {
      case "gzip", "x-gzip" -> read(bytes, GZIPInputStream::new);
      case "deflate" -> {
        // RFC 9110 means zlib; some servers send the bare stream.
        Outcome zlib = read(bytes, InflaterInputStream::new);
        yield zlib instanceof Outcome.Unreadable ? bareDeflate(bytes) : zlib;
      }
      case "br" -> read(bytes, BrotliInputStream::new);
      default -> new Outcome.Unreadable();
    };
  }

  private static Outcome bareDeflate(byte[] bytes) {
    Inflater bare = new Inflater(true);
    try {
      return read(bytes, in -> new InflaterInputStream(in, bare));
    } finally {
      bare.end();
    }
  }

  private static Outcome read(byte[] bytes, Opening opening) {
    long limit = Math.min(MAX_DECODED, Math.max(FREE, (long) bytes.length * MAX_RATIO));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = opening.open(new ByteArrayInputStream(bytes))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        if (out.size() > limit) {
          return new Outcome.TooLarge();
        }
      }
      return new Outcome.Decoded(out.toByteArray());
    } catch (IOException | IllegalArgumentException | IllegalStateException broken) {
      // Brotli's reader answers some broken streams with unchecked exceptions.
      return new Outcome.Unreadable();
    }
  }

  private interface Opening {
    InputStream open(InputStream in) throws IOException;
  }
}
