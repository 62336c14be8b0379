package dev.banyan.orders;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One exchange with the real legacy system, as it was recorded.
 *
 * @param requestHeaders by lower-case name
 * @param sent body of the request
 * @param headers of the answer, by lower-case name
 * @param body of the answer, its bytes read as UTF-8
 */
record Capture(
    String method,
    String target,
    Map<String, String> requestHeaders,
    String sent,
    int status,
    Map<String, String> headers,
    String body) {

  private static final String ANSWER = "\r\n=== RESPONSE";

  static Capture named(String name) {
    String text = text(name);
    String request = text.substring(text.indexOf('\n') + 1, text.indexOf(ANSWER));
    String rest = text.substring(text.indexOf(ANSWER) + 2);
    String answer = rest.substring(rest.indexOf('\n') + 1);
    int headEnd = answer.indexOf("\r\n\r\n");

    String[] requestLine = request.substring(0, request.indexOf("\r\n")).split(" ", 3);
    String statusLine = answer.substring(0, answer.indexOf("\r\n"));
    return new Capture(
        requestLine[0],
        requestLine[1],
        headers(request.substring(0, request.indexOf("\r\n\r\n"))),
        request.substring(request.indexOf("\r\n\r\n") + 4),
        Integer.parseInt(statusLine.split(" ", 3)[1]),
        headers(answer.substring(0, headEnd)),
        answer.substring(headEnd + 4));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  private static Map<String, String> headers(String head) {
    Map<String, String> headers = new LinkedHashMap<>();
    head.lines()
        .skip(1)
        .map(line -> line.split(": ", 2))
        .forEach(pair -> headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]));
    return headers;
  }

  private static String text(String name) {
    try (InputStream file = Capture.class.getResourceAsStream("/captures/" + name + ".http")) {
      if (file == null) {
        throw new IllegalArgumentException("capture: " + name + " (expected: one in captures/)");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
