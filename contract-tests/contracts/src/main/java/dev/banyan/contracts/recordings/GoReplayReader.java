package dev.banyan.contracts.recordings;

import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of GoReplay: payloads of type 1 (request), 2 (original answer) and 3 (replayed answer),
 * each with a line {@code type id time [latency]} of nanoseconds before its bytes and a line of
 * monkeys after them. What has the same id is one exchange.
 */
final class GoReplayReader {
  private static final byte[] SEPARATOR = "\n🐵🙈🙉\n".getBytes(StandardCharsets.UTF_8);
  private static final Pattern META =
      Pattern.compile("([123]) ([0-9A-Za-z-]{1,64}) (-?\\d{1,19})(?: (-?\\d{1,18}))?(?: .*)?");
  private static final int META_LENGTH = 300;

  private final Caps caps;
  private final HttpText http;

  GoReplayReader(Caps caps) {
    this.caps = caps;
    this.http = new HttpText(caps);
  }

  /** Whether a file looks like one of GoReplay, whatever its name. */
  static boolean looksLikeOne(byte[] bytes) {
    int end = lineEnd(bytes, 0);
    return end > 0
        && META.matcher(new String(bytes, 0, end, StandardCharsets.ISO_8859_1)).matches();
  }

  /** The payloads of one id. */
  private static final class Parts {
    final String place;
    @Nullable RequestCopy request;
    byte @Nullable [] original;
    byte @Nullable [] replayed;
    Duration originalTook = Duration.ZERO;
    Duration replayedTook = Duration.ZERO;

    Parts(String place) {
      this.place = place;
    }
  }

  Recording read(String name, byte[] bytes) throws UnreadableRecording {
    Map<String, Parts> byId = new LinkedHashMap<>();
    int entry = 0;
    for (int at = 0; at < bytes.length; ) {
      int end = separator(bytes, at);
      entry++;
      take(name + "#" + entry, Arrays.copyOfRange(bytes, at, end), byId);
      if (byId.size() > caps.entries()) {
        throw new UnreadableRecording(
            name, "exchanges", "more", "at most " + caps.entries() + "; split the file");
      }
      at = Math.min(bytes.length, end + SEPARATOR.length);
    }
    List<RecordedExchange> exchanges = new ArrayList<>();
    for (Parts parts : byId.values()) {
      exchanges.add(exchange(parts));
    }
    return new Recording(name, exchanges);
  }

  private void take(String place, byte[] payload, Map<String, Parts> byId)
      throws UnreadableRecording {
    int end = lineEnd(payload, 0);
    String line =
        new String(
            payload, 0, end < 0 ? Math.min(payload.length, 100) : end, StandardCharsets.ISO_8859_1);
    Matcher meta = META.matcher(line);
    if (end < 0 || !meta.matches()) {
      throw new UnreadableRecording(
          place, "payload", line, "type id time, such as 1 f45590522cd1838b 1231231231");
    }
    byte[] message = Arrays.copyOfRange(payload, end + 1, payload.length);
    Parts parts = byId.computeIfAbsent(meta.group(2), id -> new Parts(place));
    boolean twice =
        switch (meta.group(1)) {
          case "1" -> parts.request != null;
          case "2" -> parts.original != null;
          default -> parts.replayed != null;
        };
    if (twice) {
      throw new UnreadableRecording(
          place, "payload", line, "each id once for each type; it was there before");
    }
    Duration took =
        meta.group(4) == null
            ? Duration.ZERO
            : Duration.ofNanos(Math.max(0, Long.parseLong(meta.group(4))));
    switch (meta.group(1)) {
      case "1" -> parts.request = http.request(place, message).request();
      case "2" -> {
        parts.original = message;
        parts.originalTook = took;
      }
      default -> {
        parts.replayed = message;
        parts.replayedTook = took;
      }
    }
  }

  /** Answers wait for their request: without its method nobody knows whether they have a body. */
  private RecordedExchange exchange(Parts parts) throws UnreadableRecording {
    RequestCopy request = parts.request;
    String method = request == null ? "GET" : request.method();
    return new RecordedExchange(
        parts.place,
        Optional.ofNullable(request),
        answer(parts.place, parts.original, method, parts.originalTook),
        answer(parts.place, parts.replayed, method, parts.replayedTook));
  }

  private Optional<Observation> answer(
      String place, byte @Nullable [] message, String method, Duration took)
      throws UnreadableRecording {
    return message == null
        ? Optional.empty()
        : Optional.of(http.answer(place, message, method, took));
  }

  private static int lineEnd(byte[] bytes, int from) {
    for (int i = from; i < Math.min(bytes.length, from + META_LENGTH); i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Where the next separator begins; the end of the bytes where there is none. */
  private static int separator(byte[] bytes, int from) {
    for (int i = from; i <= bytes.length - SEPARATOR.length; i++) {
      if (bytes[i] == '\n'
          && Arrays.equals(bytes, i, i + SEPARATOR.length, SEPARATOR, 0, SEPARATOR.length)) {
        return i;
      }
    }
    return bytes.length;
  }
}
