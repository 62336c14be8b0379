package dev.banyan.legacy.sample;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A recorded answer. Text here is bytes, one char each (Latin-1).
 *
 * @param head status line and header fields with the empty line that ends them
 * @param body the body in its recorded framing
 * @param authority the host and port that the recording was made against
 * @param close whether the connection ends with this answer
 */
record CapturedResponse(String head, String body, String authority, boolean close) {
  private static final String INTERIM = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final Pattern LENGTH = Pattern.compile("(?i)(\r\nContent-Length: *)\\d+");
  private static final Pattern CHUNKED = Pattern.compile("(?i)\r\nTransfer-Encoding: *chunked\r\n");
  private static final Pattern CLOSE = Pattern.compile("(?i)\r\nConnection: *close\r\n");

  /** The interim answer is dropped: whoever expects one is sent one before the body is read. */
  static CapturedResponse of(String recorded, String endedBy, String authority) {
    String answer = recorded.startsWith(INTERIM) ? recorded.substring(INTERIM.length()) : recorded;
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IllegalArgumentException("recorded answer: no head (expected: an empty line)");
    }
    String head = answer.substring(0, end + 4);
    boolean close =
        endedBy.equals("eof") || endedBy.startsWith("closed") || CLOSE.matcher(head).find();
    return new CapturedResponse(head, answer.substring(end + 4), authority, close);
  }

  /** The recorded bytes, with the recorded authority replaced by the caller's. */
  byte[] bytesFor(String host) {
    String newHead = readdressed(head, host);
    String newBody =
        CHUNKED.matcher(head).find() ? readdressedChunks(host) : readdressed(body, host);
    if (newBody.length() != body.length()) {
      newHead = LENGTH.matcher(newHead).replaceFirst("$1" + newBody.length());
    }
    return (newHead + newBody).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String readdressed(String text, String host) {
    if (authority.isEmpty() || host.isEmpty()) {
      return text;
    }
    return text.replace(authority, host).replace(encoded(authority), encoded(host));
  }

  /** ASP.NET percent-encodes with lower-case hex. */
  private static String encoded(String text) {
    return text.replace(":", "%3a");
  }

  private String readdressedChunks(String host) {
    if (!body.contains(authority)) {
      return body;
    }
    var out = new StringBuilder();
    int at = 0;
    while (true) {
      int lineEnd = body.indexOf("\r\n", at);
      int size = Integer.parseInt(body.substring(at, lineEnd).strip(), 16);
      if (size == 0) {
        return out.append(body, at, body.length()).toString();
      }
      String data = readdressed(body.substring(lineEnd + 2, lineEnd + 2 + size), host);
      out.append(Integer.toHexString(data.length()).toLowerCase(Locale.ROOT));
      out.append("\r\n").append(data).append("\r\n");
      at = lineEnd + 2 + size + 2;
    }
  }
}
