package dev.banyan.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.cli.AdminClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays the parts of a facade that the demo's story looks at, with faults to choose from. */
final class PlayedFacade implements AutoCloseable {
  enum Fault {
    NONE,
    ROLLBACK_DOES_NOTHING,
    GATE_LETS_ALL_PASS,
    LEDGER_IS_DOWN
  }

  private final HttpServer server;
  private final Fault fault;
  private final AtomicInteger refusedFirst = new AtomicInteger(1);
  private volatile String stage = "shadow";
  private volatile String servedAs = "shadow";

  PlayedFacade(Fault fault) throws IOException {
    this.fault = fault;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.createContext("/api/v1/", this::administer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  AdminClient admin() {
    return AdminClient.of(URI.create(url()), "secret", "the test");
  }

  private void serve(HttpExchange exchange) throws IOException {
    if (!servedAs.equals("live")) {
      exchange.getResponseHeaders().add("X-AspNet-Version", "4.0.30319");
    }
    answer(exchange, 200, "{}");
  }

  private void administer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    switch (path.substring("/api/v1/routes".length())) {
      case "" -> answer(exchange, 200, "{\"routes\":[" + route() + "]}");
      case "/catalog.product" -> answer(exchange, 200, route());
      case "/catalog.product/stage" -> flip(exchange, body);
      case "/orders.read/stage" -> promoteMistaken(exchange);
      case "/orders.read/mismatches" ->
          answer(
              exchange,
              200,
              """
              {"signatures":[{"location":"$.ShippedDate","kind":"value","count":3,"exemplars":[
               {"method":"GET","target":"/Orders.ashx","controlSide":"legacy",
                "control":{"status":200,"body":"{\\"ShippedDate\\":1}"},
                "candidate":{"status":200,"body":"{\\"ShippedDate\\":2}"},"differences":[]}]}]}""");
      default -> answer(exchange, 404, "{\"title\":\"Unknown\"}");
    }
  }

  private String route() {
    return """
        {"id":"catalog.product","stage":"%s","requests":9,"matched":9,"verdict":{"word":"ready"}}"""
        .formatted(stage);
  }

  private void flip(HttpExchange exchange, String body) throws IOException {
    if (fault == Fault.LEDGER_IS_DOWN) {
      answer(exchange, 503, "{\"title\":\"The ledger is down\"}");
      return;
    }
    if (refusedFirst.getAndDecrement() > 0) {
      answer(exchange, 422, "{\"title\":\"Refused\",\"reasons\":[\"too few samples\"]}");
      return;
    }
    var from = stage;
    stage = body.replaceAll(".*\"to\":\"([^\"]+)\".*", "$1");
    if (fault != Fault.ROLLBACK_DOES_NOTHING || !stage.equals("legacy")) {
      servedAs = stage;
    }
    answer(
        exchange,
        200,
        """
        {"routeId":"catalog.product","from":"%s","to":"%s","revision":2,
         "verdict":{"word":"ready","reasons":[]}}"""
            .formatted(from, stage));
  }

  private void promoteMistaken(HttpExchange exchange) throws IOException {
    if (fault == Fault.GATE_LETS_ALL_PASS) {
      answer(exchange, 200, "{\"routeId\":\"orders.read\"}");
    } else {
      answer(
          exchange,
          422,
          "{\"title\":\"Refused\",\"verdict\":{\"word\":\"not-ready\"},\"reasons\":[\"dates\"]}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
