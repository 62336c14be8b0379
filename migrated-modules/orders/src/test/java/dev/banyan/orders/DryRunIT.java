package dev.banyan.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A thousand rehearsals, some of them cut off, beside real orders. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class DryRunIT {

  private static final int RUNS = 1000;
  private static final int EVERY_20TH_IS_CUT = 20;
  private static final String ORDER =
      "{\"CustomerName\":\"%s\",\"Total\":12.50,"
          + "\"Lines\":[{\"Sku\":\"X\",\"Quantity\":2,\"UnitPrice\":6.25}]}";

  @Inject DataSource database;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  @Test
  void aThousandDryRunsLeaveNothingAndAnswerWhatTheyWouldHaveDone() throws Exception {
    String before = contents();
    String expected = withoutNumber(send("reference", "", false));

    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
      for (int run = 0; run < RUNS; run++) {
        boolean cut = run % EVERY_20TH_IS_CUT == 0;
        String key = "Idempotency-Key: dry-" + run + "\r\n";
        answers.add(clients.submit(() -> send("reference", "Banyan-Shadow: 1\r\n" + key, cut)));
      }
    }

    for (Future<String> answer : answers) {
      if (!answer.get().isEmpty()) {
        assertThat(withoutNumber(answer.get())).isEqualTo(expected);
      }
    }
    assertThat(answers.stream().filter(DryRunIT::isAnswered).count())
        .isEqualTo(RUNS - RUNS / EVERY_20TH_IS_CUT);
    await().atMost(Duration.ofSeconds(30)).until(() -> inTransaction() == 0);
    // The reference alone was real: one order and one event.
    assertThat(before).isEqualTo("2 orders, 0 events, 0 keys");
    assertThat(contents()).isEqualTo("3 orders, 1 events, 0 keys");
    removeTheReference();
  }

  /** For the other tests, which know the legacy's two orders only. */
  private void removeTheReference() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from orders.orders where customer_name = 'reference'");
    }
  }

  private static boolean isAnswered(Future<String> answer) {
    return !answer.resultNow().isEmpty();
  }

  private String send(String name, String headers, boolean cut) throws Exception {
    byte[] body = ORDER.formatted(name).getBytes(StandardCharsets.UTF_8);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client
          .getOutputStream()
          .write(
              ("POST /Orders.ashx HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                      + "Content-Type: application/json\r\nContent-Length: "
                      + body.length
                      + "\r\n"
                      + headers
                      + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      client.getOutputStream().write(body);
      if (cut) {
        client.setSoLinger(true, 0);
        return "";
      }
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Status line and body; only the number may differ. */
  private static String withoutNumber(String answer) {
    return (answer.substring(0, answer.indexOf('\r'))
            + answer.substring(answer.indexOf("\r\n\r\n")))
        .replaceFirst("\"OrderID\":\\d+", "\"OrderID\":n");
  }

  private String contents() throws SQLException {
    return count("select count(*) from orders.orders")
        + " orders, "
        + count("select count(*) from orders.outbox")
        + " events, "
        + count("select count(*) from orders.idempotency_keys")
        + " keys";
  }

  private long inTransaction() throws SQLException {
    return count(
        "select count(*) from pg_stat_activity"
            + " where xact_start is not null and pid <> pg_backend_pid()"
            + " and backend_type = 'client backend'");
  }

  private long count(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
