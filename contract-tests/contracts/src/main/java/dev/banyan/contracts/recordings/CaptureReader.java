package dev.banyan.contracts.recordings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A capture: the bytes of an answer, of a request, or of a request and its answer; or any number of
 * both in sections.
 *
 * <pre>
 * === REQUEST (raw bytes)
 * GET /api/products HTTP/1.1
 * …
 * === RESPONSE (raw bytes, framing kept; ended by: length-complete)
 * HTTP/1.1 200 OK
 * …
 * </pre>
 */
final class CaptureReader {
  private static final Pattern REQUEST = Pattern.compile("(?:^|\\n)=== REQUEST[^\\r\\n]*\\r?\\n");

  /** The line break before it is the section's, not the body's. */
  private static final Pattern RESPONSE = Pattern.compile("\\r?\\n=== RESPONSE[^\\r\\n]*\\r?\\n");

  private static final String MARK = "=== REQUEST";

  private final Caps caps;
  private final HttpText http;

  CaptureReader(Caps caps) {
    this.caps = caps;
    this.http = new HttpText(caps);
  }

  Recording read(String name, byte[] bytes) throws UnreadableRecording {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.startsWith(MARK)) {
      return new Recording(name, sections(name, text));
    }
    if (HttpText.isAnswer(bytes)) {
      return new Recording(
          name,
          List.of(
              RecordedExchange.answerOnly(name, http.answer(name, bytes, "GET", Duration.ZERO))));
    }
    HttpText.Asked asked = http.request(name, bytes);
    return new Recording(name, List.of(exchange(name, asked, withoutBlankLines(asked.after()))));
  }

  private List<RecordedExchange> sections(String name, String text) throws UnreadableRecording {
    List<RecordedExchange> exchanges = new ArrayList<>();
    Matcher begin = REQUEST.matcher(text);
    boolean more = begin.find();
    while (more) {
      String place = name + "#" + (exchanges.size() + 1);
      if (exchanges.size() == caps.entries()) {
        throw new UnreadableRecording(
            place, "exchanges", "more", "at most " + caps.entries() + "; split the file");
      }
      int from = begin.end();
      more = begin.find();
      exchanges.add(section(place, text.substring(from, more ? begin.start() : text.length())));
    }
    return exchanges.size() == 1
        ? List.of(named(exchanges.getFirst(), name))
        : List.copyOf(exchanges);
  }

  private RecordedExchange section(String place, String text) throws UnreadableRecording {
    Matcher split = RESPONSE.matcher(text);
    if (!split.find()) {
      return exchange(place, http.request(place, bytes(text)), new byte[0]);
    }
    HttpText.Asked asked = http.request(place, bytes(text.substring(0, split.start())));
    return RecordedExchange.asked(
        place,
        asked.request(),
        http.answer(
            place, bytes(text.substring(split.end())), asked.request().method(), Duration.ZERO));
  }

  /** No bytes after a request: it was written to be sent, and has no answer. */
  private RecordedExchange exchange(String place, HttpText.Asked asked, byte[] answer)
      throws UnreadableRecording {
    return answer.length == 0
        ? RecordedExchange.requestOnly(place, asked.request())
        : RecordedExchange.asked(
            place,
            asked.request(),
            http.answer(place, answer, asked.request().method(), Duration.ZERO));
  }

  private static RecordedExchange named(RecordedExchange exchange, String place) {
    return new RecordedExchange(
        place, exchange.request(), exchange.original(), exchange.replayed());
  }

  private static byte[] withoutBlankLines(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n')) {
      at++;
    }
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
