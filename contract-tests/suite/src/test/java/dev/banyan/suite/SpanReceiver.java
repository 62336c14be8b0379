package dev.banyan.suite;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes spans over OTLP/HTTP and reads as much of their protobuf as tests look at. */
final class SpanReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final List<String> bytes = new CopyOnWriteArrayList<>();

  /**
   * @param parent span id in hex, empty for a root
   * @param links span ids in hex
   */
  record Received(String trace, String id, String parent, String name, List<String> links) {}

  SpanReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            boolean zipped =
                "gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"));
            var in = exchange.getRequestBody();
            byte[] request = (zipped ? new GZIPInputStream(in) : in).readAllBytes();
            bytes.add(new String(request, StandardCharsets.ISO_8859_1));
            take(request);
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Received> spans() {
    return spans;
  }

  /** All that came, one char per byte. */
  String bytes() {
    return String.join("\n", bytes);
  }

  /** ExportTraceServiceRequest → ResourceSpans → ScopeSpans → Span. */
  private void take(byte[] request) {
    for (byte[] resource : fields(request).getOrDefault(1, List.of())) {
      for (byte[] scope : fields(resource).getOrDefault(2, List.of())) {
        fields(scope).getOrDefault(2, List.of()).forEach(span -> spans.add(span(fields(span))));
      }
    }
  }

  private static Received span(Map<Integer, List<byte[]>> fields) {
    return new Received(
        hex(fields, 1),
        hex(fields, 2),
        hex(fields, 4),
        new String(fields.get(5).getFirst(), StandardCharsets.UTF_8),
        fields.getOrDefault(13, List.of()).stream().map(link -> hex(fields(link), 2)).toList());
  }

  private static String hex(Map<Integer, List<byte[]>> fields, int number) {
    return fields.containsKey(number)
        ? HexFormat.of().formatHex(fields.get(number).getFirst())
        : "";
  }

  /** The length-delimited fields of a message by number. */
  private static Map<Integer, List<byte[]>> fields(byte[] message) {
    Map<Integer, List<byte[]>> found = new HashMap<>();
    int[] at = {0};
    while (at[0] < message.length) {
      long key = varint(message, at);
      switch ((int) (key & 7)) {
        case 0 -> varint(message, at);
        case 1 -> at[0] += 8;
        case 2 -> {
          int length = (int) varint(message, at);
          byte[] value = java.util.Arrays.copyOfRange(message, at[0], at[0] + length);
          found.computeIfAbsent((int) (key >>> 3), n -> new ArrayList<>()).add(value);
          at[0] += length;
        }
        case 5 -> at[0] += 4;
        default -> throw new IllegalArgumentException("wire type: " + (key & 7));
      }
    }
    return found;
  }

  private static long varint(byte[] message, int[] at) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = message[at[0]++];
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
