package dev.banyan.orders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Receives events and keeps each effect once, by the event's id. */
final class Consumer implements AutoCloseable {

  private final HttpServer server;
  private final Connection database;
  private final AtomicInteger deliveries = new AtomicInteger();

  /** Is told the source of the event that has just taken effect, before it is acknowledged. */
  private final AtomicReference<UnaryOperator<String>> beforeAnswer =
      new AtomicReference<>(source -> source);

  private Consumer(HttpServer server, Connection database) {
    this.server = server;
    this.database = database;
  }

  static Consumer start(String database) throws IOException, SQLException {
    Connection connection = DriverManager.getConnection(database);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create schema consumer; create table consumer.effects (position bigserial primary key,"
              + " event_id text not null unique, type text not null, subject text not null)");
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    Consumer consumer = new Consumer(server, connection);
    server.createContext("/events", consumer::receive);
    server.start();
    return consumer;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events");
  }

  int deliveries() {
    return deliveries.get();
  }

  void beforeNextAnswer(UnaryOperator<String> action) {
    beforeAnswer.set(action);
  }

  private void receive(HttpExchange exchange) throws IOException {
    deliveries.incrementAndGet();
    String id = exchange.getRequestHeaders().getFirst("ce-id");
    String type = exchange.getRequestHeaders().getFirst("ce-type");
    String subject = exchange.getRequestHeaders().getFirst("ce-subject");
    exchange.getRequestBody().readAllBytes();
    int status = takesEffect(id, type, subject);
    String unused =
        beforeAnswer
            .getAndSet(source -> source)
            .apply(exchange.getRequestHeaders().getFirst("ce-source"));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private synchronized int takesEffect(String id, String type, String subject) {
    try (PreparedStatement effect =
        database.prepareStatement(
            "insert into consumer.effects (event_id, type, subject) values (?, ?, ?)"
                + " on conflict (event_id) do nothing")) {
      effect.setString(1, id);
      effect.setString(2, type);
      effect.setString(3, subject);
      effect.executeUpdate();
      return 202;
    } catch (SQLException failure) {
      return 503;
    }
  }

  @Override
  public void close() throws SQLException {
    server.stop(0);
    database.close();
  }
}
