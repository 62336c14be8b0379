package dev.banyan.parity.privacy;

import dev.banyan.parity.Headers;
import dev.banyan.parity.body.ContentCoding;
import dev.banyan.parity.body.MediaType;
import dev.banyan.parity.body.QuotedText;
import dev.banyan.parity.body.Text;
import dev.banyan.parity.privacy.MarkupMasking.Language;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Masks the bytes of a body as what its type calls it. Bytes that are no text are not kept: a line
 * with their length and a fingerprint stands for them.
 */
final class Payloads {
  /** Parts in parts that are looked into. */
  private static final int DEEPEST = 2;

  private final Contents contents;
  private final Forms forms;
  private final Parts parts;

  Payloads(Contents contents, Forms forms, Fields fields) {
    this.contents = contents;
    this.forms = forms;
    this.parts = new Parts(contents, fields, this);
  }

  /**
   * Without the content coding; what cannot be decoded is no text.
   *
   * @param headers as sent with the body
   */
  byte[] mask(byte[] bytes, Headers headers) {
    if (bytes.length == 0) {
      return bytes;
    }
    List<String> codings = ContentCoding.codings(headers.values("content-encoding"));
    return ContentCoding.decode(codings, bytes)
            instanceof ContentCoding.Outcome.Decoded(byte[] plain)
        ? mask(plain, headers.first("content-type").orElse(""), 0)
        : notKept(bytes);
  }

  /**
   * @param contentType as sent; empty where there is none
   */
  byte[] mask(byte[] bytes, String contentType, int depth) {
    Optional<MediaType> type = MediaType.parse(contentType);
    String essence = type.map(MediaType::essence).orElse("");
    if (essence.startsWith("multipart/") && depth < DEEPEST) {
      return parts.mask(bytes, boundary(contentType), depth);
    }
    if (essence.startsWith("application/grpc") || isBinary(bytes, type)) {
      return notKept(bytes);
    }
    return TextBytes.read(bytes, type).with(text -> text(text, type));
  }

  private String text(String text, Optional<MediaType> type) {
    if (type.filter(MediaType::isHtml).isPresent()) {
      return contents.markup(text, Language.HTML, 0);
    }
    return switch (type.map(MediaType::essence).orElse("")) {
      case "application/x-www-form-urlencoded" -> forms.form(text);
      case "text/event-stream", "application/x-ndjson", "application/jsonl" ->
          contents.json(text, 0);
      case String essence when essence.endsWith("javascript") -> contents.json(text, 0);
      default -> contents.sniffed(text, 0);
    };
  }

  private byte[] notKept(byte[] bytes) {
    String line =
        "(binary, " + bytes.length + " bytes, " + contents.pseudonyms().fingerprint(bytes) + ")";
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  /** Text by its type is text, whatever its bytes; anything else is where all of it can be read. */
  private static boolean isBinary(byte[] bytes, Optional<MediaType> type) {
    boolean wide =
        type.flatMap(MediaType::charset).map(c -> c.name().startsWith("UTF-")).orElse(false);
    boolean marked = bytes.length > 1 && (bytes[0] == (byte) 0xFE || bytes[0] == (byte) 0xFF);
    if (type.filter(MediaType::isText).isPresent() && (wide || marked)) {
      return false;
    }
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
        return true;
      }
    }
    return type.filter(MediaType::isText).isEmpty()
        && Text.decode(bytes, Optional.empty()).isEmpty();
  }

  /** In its own case, unlike the parameters of a {@link MediaType}. */
  private static String boundary(String contentType) {
    for (String part : QuotedText.split(contentType, ';')) {
      if (part.regionMatches(true, 0, "boundary=", 0, 9)) {
        return QuotedText.unquote(part.substring(9).strip());
      }
    }
    return "";
  }
}
