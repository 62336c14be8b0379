package dev.banyan.suite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One answer as it came over the socket, its framing undone and nothing else.
 *
 * @param statusLine with the version and the reason phrase
 * @param headers {@code name: value}, names in lower case, in order
 */
@SuppressWarnings("ArrayRecordComponent") // compared field by field in tests, never as a whole
record RawExchange(String statusLine, List<String> headers, byte[] body) {
  private static final int TIMEOUT_MILLIS = 20_000;

  /** Sends the bytes on a connection of their own. */
  static RawExchange send(int port, byte[] request, String method) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request);
      InputStream in = new java.io.BufferedInputStream(socket.getInputStream());
      List<String> head = head(in);
      while (head.get(0).matches("HTTP/1\\.1 1\\d\\d.*")) {
        head = head(in);
      }
      List<String> headers = new ArrayList<>();
      for (String line : head.subList(1, head.size())) {
        int colon = line.indexOf(':');
        headers.add(
            line.substring(0, colon).toLowerCase(Locale.ROOT)
                + ": "
                + line.substring(colon + 1).strip());
      }
      return new RawExchange(head.get(0), headers, body(in, head.get(0), headers, method));
    }
  }

  String value(String name) {
    return headers.stream()
        .filter(h -> h.startsWith(name + ": "))
        .map(h -> h.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static byte[] body(InputStream in, String status, List<String> headers, String method)
      throws IOException {
    RawExchange head = new RawExchange(status, headers, new byte[0]);
    if (method.equals("HEAD") || status.matches("HTTP/1\\.[01] (204|304).*")) {
      return new byte[0];
    }
    if (head.value("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
      return chunks(in);
    }
    String length = head.value("content-length");
    return length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      int length = Integer.parseInt(size.replaceAll(";.*", "").strip(), 16);
      if (length == 0) {
        while (!line(in).isEmpty()) {
          // Trailers are not looked at here.
        }
        return body.toByteArray();
      }
      body.write(in.readNBytes(length));
      line(in);
    }
  }

  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (lines.isEmpty()) {
      throw new IOException("no answer");
    }
    return lines;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("ended within a line");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
