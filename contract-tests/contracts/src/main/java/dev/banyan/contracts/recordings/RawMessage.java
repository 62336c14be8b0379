package dev.banyan.contracts.recordings;

import dev.banyan.parity.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One HTTP/1 message as it was on the wire.
 *
 * @param start the request line or the status line
 * @param rest what follows the head: the body in its framing, and whatever comes after it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record RawMessage(String start, Headers headers, byte[] rest) {

  /**
   * Reads the head. Lines may end with a line feed alone: editors and other recorders write them
   * so.
   *
   * @param place for the message
   */
  static RawMessage read(String place, byte[] bytes, Caps caps) throws UnreadableRecording {
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (true) {
      int end = lineEnd(bytes, at, caps.head());
      if (end < 0) {
        throw new UnreadableRecording(
            place,
            "message",
            new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.ISO_8859_1),
            "a start line, header fields and an empty line within " + caps.head() + " bytes");
      }
      int length = end > at && bytes[end - 1] == '\r' ? end - 1 - at : end - at;
      String line = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
      at = end + 1;
      if (line.isEmpty()) {
        break;
      }
      lines.add(line);
    }
    if (lines.isEmpty()) {
      throw new UnreadableRecording(place, "message", "an empty line", "a start line");
    }
    return new RawMessage(
        lines.getFirst(),
        fields(place, lines.subList(1, lines.size())),
        Arrays.copyOfRange(bytes, at, bytes.length));
  }

  private static int lineEnd(byte[] bytes, int from, int cap) {
    for (int i = from; i < Math.min(bytes.length, cap); i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static Headers fields(String place, List<String> lines) throws UnreadableRecording {
    List<Headers.Field> fields = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new UnreadableRecording(place, "header field", line, "name: value");
      }
      fields.add(
          new Headers.Field(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
    }
    return new Headers(fields);
  }
}
