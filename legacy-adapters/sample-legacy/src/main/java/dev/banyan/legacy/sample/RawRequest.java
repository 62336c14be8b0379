package dev.banyan.legacy.sample;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as it came over the wire, its target untouched and its body without framing. Text is
 * bytes, one char each (Latin-1).
 */
record RawRequest(String method, String target, String version, List<Field> fields, String body) {
  private static final int MAX_LINE = 64 * 1024;
  private static final int MAX_BODY = 16 * 1024 * 1024;
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  /** One header field; names compare without case. */
  record Field(String name, String value) {}

  RawRequest {
    fields = List.copyOf(fields);
  }

  /** Reads the next request; empty at a clean end of the connection. */
  static Optional<RawRequest> read(InputStream in, OutputStream interim) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    int first = start.indexOf(' ');
    int last = start.lastIndexOf(' ');
    if (first < 0 || last <= first) {
      throw new IOException("request line: " + start + " (expected: METHOD TARGET VERSION)");
    }
    var fields = new ArrayList<Field>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("header line: " + line + " (expected: name: value)");
      }
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    var head =
        new RawRequest(
            start.substring(0, first),
            start.substring(first + 1, last),
            start.substring(last + 1),
            fields,
            "");
    if (head.header("Expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
      interim.write(CONTINUE.getBytes(StandardCharsets.US_ASCII));
      interim.flush();
    }
    return Optional.of(
        new RawRequest(head.method, head.target, head.version, fields, head.readBody(in)));
  }

  Optional<String> header(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  boolean wantsClose() {
    Optional<String> connection = header("Connection");
    return version.equals("HTTP/1.0")
        ? connection.filter("keep-alive"::equalsIgnoreCase).isEmpty()
        : connection.filter("close"::equalsIgnoreCase).isPresent();
  }

  private String readBody(InputStream in) throws IOException {
    if (header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      return text(readChunks(in));
    }
    Optional<String> length = header("Content-Length");
    return length.isEmpty() ? "" : text(exactly(in, number(length.get(), 10)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] readChunks(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      int extension = size.indexOf(';');
      int count = number(extension < 0 ? size : size.substring(0, extension), 16);
      if (count == 0) {
        break;
      }
      body.writeBytes(exactly(in, count));
      if (body.size() > MAX_BODY) {
        throw new IOException("body: over " + MAX_BODY + " bytes (expected: fewer)");
      }
      line(in);
    }
    for (String trailer = line(in); !trailer.isEmpty(); trailer = line(in)) {
      // A trailer plays no part in the choice of a capture.
    }
    return body.toByteArray();
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int value = Integer.parseInt(text.strip(), radix);
      if (value >= 0 && value <= MAX_BODY) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IOException("body length: " + text + " (expected: a number)", e);
    }
    throw new IOException("body length: " + text + " (expected: 0 to " + MAX_BODY + ")");
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("body: " + bytes.length + " bytes (expected: " + count + ")");
    }
    return bytes;
  }

  /** A line without its CRLF; header bytes are kept one to one, as Latin-1. */
  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
      if (line.size() > MAX_LINE) {
        throw new IOException("line: over " + MAX_LINE + " bytes (expected: fewer)");
      }
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
