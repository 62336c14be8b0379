package dev.banyan.parity;

import dev.banyan.parity.body.ContentCoding;
import dev.banyan.parity.body.MediaType;
import dev.banyan.parity.body.Models;
import dev.banyan.parity.body.Text;
import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonReader;
import dev.banyan.parity.json.JsonText;
import dev.banyan.rules.CompareProfile;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Bodies for people and for files. */
public final class Bodies {
  /** Chars of a readable body, at the most. */
  public static final int READABLE = 20_000;

  private static final int HEX = 64;
  private static final String CUT = "\n… (cut)";

  private Bodies() {}

  /**
   * The body as plain text: decoded, JSON indented with its numbers as written, anything else as it
   * is; bytes that are no text as a line of hex. At most {@link #READABLE} chars and a mark.
   */
  public static String readable(Observation.Answered answer) {
    return switch (decoded(answer).body()) {
      case Body.Whole(byte[] bytes) -> readable(bytes, type(answer.headers()));
      case Body.Messages messages -> cut(messages.json());
      case Body.TooLarge(int cap) -> "(not kept: larger than " + cap + " bytes)";
      case Body.NotKept() -> "(not kept)";
    };
  }

  /**
   * The same answer without its content coding, and without the header that names it; as it is
   * where it has none, or one that cannot be undone here.
   */
  public static Observation.Answered decoded(Observation.Answered answer) {
    if (!(answer.body() instanceof Body.Whole(byte[] bytes))
        || ContentCoding.codings(answer.headers().values("content-encoding")).isEmpty()
        || !(ContentCoding.decode(
                ContentCoding.codings(answer.headers().values("content-encoding")), bytes)
            instanceof ContentCoding.Outcome.Decoded(byte[] content))) {
      return answer;
    }
    Headers headers =
        new Headers(
            answer.headers().fields().stream()
                .filter(field -> !field.name().equalsIgnoreCase("content-encoding"))
                .toList());
    return new Observation.Answered(
        answer.status(),
        headers,
        new Body.Whole(content),
        answer.trailers(),
        answer.firstByte(),
        answer.duration());
  }

  /** Whether the headers call the body JSON: {@code application/json}, {@code …+json}. */
  public static boolean isJson(Headers headers) {
    return type(headers).filter(MediaType::isJson).isPresent();
  }

  /** Whether the headers call the body messages of protobuf, of gRPC or plain. */
  public static boolean mayHoldMessages(Headers headers) {
    return type(headers).filter(Models::mayHoldMessages).isPresent();
  }

  private static String readable(byte[] bytes, Optional<MediaType> type) {
    Optional<String> json =
        type.filter(MediaType::isJson).isPresent() ? Text.decode(bytes, type) : Optional.empty();
    if (json.isPresent()
        && new JsonReader(CompareProfile.Arrays.ORDERED).read(json.get())
            instanceof JsonReader.Outcome.Tree(Json root)) {
      return cut(JsonText.indented(root, READABLE));
    }
    // Text is asked for by type only where decoding could go either way.
    boolean maybeText = type.map(MediaType::isText).orElse(true) || isPrintable(bytes);
    Optional<String> text = maybeText ? Text.decode(bytes, type) : Optional.empty();
    return text.map(Bodies::cut).orElseGet(() -> hex(bytes));
  }

  private static Optional<MediaType> type(Headers headers) {
    return headers.first("content-type").flatMap(MediaType::parse);
  }

  private static boolean isPrintable(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static String hex(byte[] bytes) {
    byte[] shown = Arrays.copyOf(bytes, Math.min(bytes.length, HEX));
    return "(binary, "
        + bytes.length
        + " bytes) "
        + HexFormat.ofDelimiter(" ").formatHex(shown)
        + (shown.length < bytes.length ? " …" : "");
  }

  private static String cut(String text) {
    return text.length() <= READABLE ? text : text.substring(0, READABLE) + CUT;
  }
}
