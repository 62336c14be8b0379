package dev.banyan.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that create orders at the same time, some of which leave in the middle. */
final class OrderClients {
  private static final int AT_A_TIME = 8;
  private static final String BODY =
      "{\"CustomerName\":\"%s\",\"Total\":12.50,"
          + "\"Lines\":[{\"Sku\":\"X\",\"Quantity\":2,\"UnitPrice\":6.25}]}";

  private final int port;
  private final String headers;
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  /**
   * @param headers lines that go along, each with its line end
   */
  OrderClients(int port, String headers) {
    this.port = port;
    this.headers = headers;
  }

  /** Creates the orders {@code prefix-from} to {@code prefix-to}; every 20th client leaves. */
  void create(String prefix, int from, int to) throws InterruptedException {
    try (ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<? extends Future<?>> all =
          IntStream.range(from, to)
              .mapToObj(n -> clients.submit(() -> create(prefix + "-" + n, n)))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    }
  }

  private Void create(String name, int number) throws IOException {
    boolean leaves = number % 20 == 19;
    byte[] body = BODY.formatted(name).getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /Orders.ashx HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\n"
            + headers
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      if (leaves) {
        // In turn within the request, and after it, before there can be an answer.
        socket.getOutputStream().write(body, 0, number % 40 == 19 ? body.length / 2 : body.length);
        socket.setSoLinger(true, 0);
        return null;
      }
      socket.getOutputStream().write(body);
      answers.put(name, new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return null;
  }

  /** Answers by name, of the clients that stayed. */
  Map<String, String> answers() {
    return answers;
  }

  /** Status line and body, without the number that the sequence gave and the name. */
  static String withoutNumber(String answer) {
    return (answer.substring(0, answer.indexOf('\r'))
            + answer.substring(answer.indexOf("\r\n\r\n")))
        .replaceFirst("\"OrderID\":\\d+", "\"OrderID\":n")
        .replaceFirst("\"CustomerName\":\"[^\"]*\"", "\"CustomerName\":\"…\"");
  }
}
