package dev.banyan.parity.body;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a multipart body (RFC 2046); the boundary itself says nothing.
 *
 * @param parts in order
 */
record Multipart(List<Part> parts) {
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))");
  private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"?([^\";]*)\"?");

  /**
   * One part.
   *
   * @param headers by lower-case name
   */
  record Part(Map<String, String> headers, Content content) {
    /** Its field name, or its Content-ID; empty for neither. */
    String name() {
      Matcher matcher = NAME.matcher(headers.getOrDefault("content-disposition", ""));
      return matcher.find() ? matcher.group(1) : id();
    }

    /** Its Content-ID without brackets. */
    String id() {
      return headers.getOrDefault("content-id", "").replaceAll("^<|>$", "");
    }
  }

  Multipart {
    parts = List.copyOf(parts);
  }

  /** Empty where there is no boundary, or no end. */
  static Optional<Multipart> read(Content content) {
    Matcher matcher = BOUNDARY.matcher(content.contentType());
    if (!matcher.find()) {
      return Optional.empty();
    }
    String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    String text = "\r\n" + new String(content.bytes(), StandardCharsets.ISO_8859_1);
    String separator = "\r\n--" + boundary;
    List<Part> parts = new ArrayList<>();
    int at = text.indexOf(separator);
    while (at >= 0) {
      int start = at + separator.length();
      if (text.startsWith("--", start)) {
        return Optional.of(new Multipart(parts));
      }
      int next = text.indexOf(separator, start);
      int line = text.indexOf("\r\n", start);
      if (next < 0 || line < 0 || line > next) {
        return Optional.empty();
      }
      parts.add(part(text.substring(line, next)));
      at = next;
    }
    return Optional.empty();
  }

  private static Part part(String text) {
    int end = text.indexOf("\r\n\r\n");
    String head = end < 0 ? "" : text.substring(0, end);
    String body = end < 0 ? text : text.substring(end + 4);
    Map<String, String> headers = new TreeMap<>();
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.putIfAbsent(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return new Part(headers, new Content(bytes, headers.getOrDefault("content-type", "")));
  }
}
