package dev.banyan.contracts;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes exchanges, and reads captured ones. */
final class Exchanges {
  private static final String RESPONSE = "=== RESPONSE (raw bytes";

  private Exchanges() {}

  record Exchange(RequestCopy request, Observation.Answered answer) {}

  static RequestCopy get(String target, String... headers) {
    return new RequestCopy("GET", target, headers(headers), Body.EMPTY);
  }

  static RequestCopy post(String target, String body, String... headers) {
    return new RequestCopy("POST", target, headers(headers), body(body));
  }

  static Observation.Answered json(String body, String... headers) {
    return answer(200, body, append(headers, "Content-Type", "application/json"));
  }

  static Observation.Answered answer(int status, String body, String... headers) {
    return new Observation.Answered(
        status,
        headers(headers),
        body(body),
        Headers.NONE,
        Duration.ofMillis(3),
        Duration.ofMillis(4));
  }

  static Body.Whole body(String text) {
    return new Body.Whole(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Body body) {
    return new String(((Body.Whole) body).bytes(), StandardCharsets.UTF_8);
  }

  static Headers headers(String... namesAndValues) {
    List<Headers.Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Headers.Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(fields);
  }

  /** The captures that the comparer is tested with; bodies with their framing, which is as good. */
  static List<Exchange> captured() {
    Path folder =
        Path.of(System.getProperty("banyan.home", "../.."))
            .resolve("contract-tests/parity/src/test/resources/captures");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".http"))
          .sorted()
          .map(Exchanges::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Exchange read(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      int response = text.indexOf(RESPONSE);
      String request = text.substring(text.indexOf('\n') + 1, response - 1);
      String[] line = request.substring(0, request.indexOf("\r\n")).split(" ", -1);
      String answer = text.substring(text.indexOf('\n', response) + 1);
      return new Exchange(
          new RequestCopy(line[0], line[1], head(request), payload(request)),
          new Observation.Answered(
              Integer.parseInt(answer.split(" ", -1)[1]),
              head(answer),
              payload(answer),
              Headers.NONE,
              Duration.ZERO,
              Duration.ZERO));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Headers head(String message) {
    String[] lines = message.substring(0, message.indexOf("\r\n\r\n")).split("\r\n", -1);
    List<Headers.Field> fields = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] pair = lines[i].split(":", 2);
      fields.add(new Headers.Field(pair[0], pair[1].strip()));
    }
    return new Headers(fields);
  }

  private static Body payload(String message) {
    String rest = message.substring(message.indexOf("\r\n\r\n") + 4);
    return new Body.Whole(rest.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String[] append(String[] headers, String name, String value) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add(name);
    all.add(value);
    return all.toArray(String[]::new);
  }
}
