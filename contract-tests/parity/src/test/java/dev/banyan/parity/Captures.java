package dev.banyan.parity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Answers that real .NET and Python systems sent, as files of the bytes on the wire. */
final class Captures {
  private static final String REQUEST = "=== REQUEST (raw bytes";
  private static final String END = "\r\n\r\n";
  private static final String RESPONSE = "=== RESPONSE (raw bytes";

  private Captures() {}

  static List<Path> all() {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(file -> file.toString().endsWith(".http")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> json() {
    return all().stream()
        .filter(file -> Bodies.isJson(answer(file).headers()) && isTree(body(answer(file))))
        .toList();
  }

  private static boolean isTree(byte[] body) {
    return body.length > 2 && (body[0] == '{' || body[0] == '[');
  }

  static Observation.Answered answer(String name) {
    return answer(folder().resolve(name + ".http"));
  }

  static Observation.Answered answer(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      int response = text.indexOf('\n', text.indexOf(RESPONSE)) + 1;
      return parse(text.substring(response));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the client sent, as if it were an answer: its headers and its body. */
  static Observation.Answered request(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      int request = text.indexOf('\n', text.indexOf(REQUEST)) + 1;
      String wire = text.substring(request, text.indexOf(RESPONSE)).stripTrailing() + END;
      return parse("HTTP/1.1 200 OK" + wire.substring(wire.indexOf("\r\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] body(Observation.Answered answer) {
    return ((Body.Whole) answer.body()).bytes();
  }

  private static Observation.Answered parse(String wire) {
    int end = wire.indexOf("\r\n\r\n");
    String[] lines = wire.substring(0, end).split("\r\n", -1);
    List<Headers.Field> fields = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] pair = lines[i].split(":", 2);
      fields.add(new Headers.Field(pair[0], pair[1].strip()));
    }
    Headers headers = new Headers(fields);
    String rest = wire.substring(end + 4);
    boolean chunked = headers.values("transfer-encoding").contains("chunked");
    byte[] body = chunked ? dechunk(rest) : rest.getBytes(StandardCharsets.ISO_8859_1);
    int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
    return new Observation.Answered(
        status, headers, new Body.Whole(body), Headers.NONE, Duration.ZERO, Duration.ZERO);
  }

  private static byte[] dechunk(String wire) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = 0;
    while (at < wire.length()) {
      int end = wire.indexOf("\r\n", at);
      int size = Integer.parseInt(wire.substring(at, end), 16);
      body.writeBytes(
          wire.substring(end + 2, end + 2 + size).getBytes(StandardCharsets.ISO_8859_1));
      at = end + 2 + size + 2;
      if (size == 0) {
        break;
      }
    }
    return body.toByteArray();
  }

  private static Path folder() {
    URL url = Objects.requireNonNull(Captures.class.getResource("/captures"));
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
