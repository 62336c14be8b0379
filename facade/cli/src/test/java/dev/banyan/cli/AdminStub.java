package dev.banyan.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server that answers as the admin port is documented to. */
final class AdminStub implements AutoCloseable {
  /** What a command did. */
  record Run(int code, String out, String err) {}

  private record Prepared(int status, String type, String body) {}

  private final HttpServer server;
  private final Path data;
  private final Map<String, Deque<Prepared>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  AdminStub(Path data) throws IOException {
    this.data = data;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Files.writeString(data.resolve("admin-token"), "secret\n");
    Files.writeString(data.resolve("admin-url"), url() + "\n");
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next answer to {@code METHOD target}; the last one repeats. */
  AdminStub answers(String request, int status, String body) {
    return add(request, new Prepared(status, "application/json", body));
  }

  AdminStub answersYaml(String request, String body) {
    return add(request, new Prepared(200, "application/yaml", body));
  }

  AdminStub refuses(String request, int status, String problem) {
    return add(request, new Prepared(status, "application/problem+json", problem));
  }

  private AdminStub add(String request, Prepared answer) {
    answers.computeIfAbsent(request, key -> new ArrayDeque<>()).add(answer);
    return this;
  }

  /** What was asked, as {@code METHOD target body}. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add((request + " " + body).strip());
    var prepared = answers.getOrDefault(request, new ArrayDeque<>());
    var answer = prepared.size() > 1 ? prepared.removeFirst() : prepared.peek();
    if (answer == null) {
      answer =
          new Prepared(404, "application/problem+json", "{\"title\":\"Unknown: " + request + "\"}");
    }
    if (!"Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer = new Prepared(401, "text/plain", "");
    }
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Runs a command that finds this server by its data folder. */
  Run run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return command(all.toArray(String[]::new));
  }

  /** Runs a command with these arguments alone. */
  static Run command(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var code = Banyan.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    return new Run(code, out.toString(), err.toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
