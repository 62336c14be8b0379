package dev.banyan.modulekit.shadow;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.modulekit.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Who may send a shadow request, and what becomes of those that are cut off. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ShadowAdmissionIT {

  private final String name = "a" + UUID.randomUUID();

  @Inject Things things;

  @ConfigProperty(name = "test.database.url")
  String database;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  @Test
  void aMarkFromAnywhereElseIsRefusedAndNothingIsDone() throws Exception {
    assertThat(fromElsewhere("Banyan-Shadow: 1\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(fromElsewhere("Banyan-Shadow: 1\r\nBanyan-Shadow-Secret: guess\r\n"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(things.count(name)).isZero();
  }

  @Test
  void theSecretIsBelievedFromAnywhere() throws Exception {
    assertThat(fromElsewhere("Banyan-Shadow: 1\r\nBanyan-Shadow-Secret: only for tests\r\n"))
        .startsWith("HTTP/1.1 201 ");
    assertThat(things.count(name)).isZero();
  }

  @Test
  void aMarkThatIsNot1IsRefused() throws Exception {
    given()
        .header("Banyan-Shadow", "true")
        .post("/things/" + name + "/plain")
        .then()
        .statusCode(400);
    assertThat(things.count(name)).isZero();
  }

  @Test
  void aRequestThatIsCutOffMidwayLeavesNothingAndGivesItsSessionBack() throws Exception {
    for (int cut = 0; cut < 6; cut++) { // Twice as many as there are sessions.
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write(request("slow", "Banyan-Shadow: 1\r\n"));
        await().atMost(Duration.ofSeconds(20)).until(() -> sleeping() > 0);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> sleeping() == 0);
    }

    assertThat(things.count(name + "%")).isZero();
    given().header("Banyan-Shadow", "1").post("/things/" + name + "/plain").then().statusCode(201);
  }

  @Test
  void manyAtOnceShareFewSessions() throws Exception {
    List<Future<Integer>> answers = new ArrayList<>();
    try (var clients = Executors.newFixedThreadPool(12)) {
      for (int at = 0; at < 60; at++) {
        String own = name + at;
        answers.add(
            clients.submit(
                () ->
                    given()
                        .header("Banyan-Shadow", "1")
                        .post("/things/" + own + "/required")
                        .statusCode()));
      }
    }
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(201);
    }
    assertThat(things.count(name + "%")).isZero();
  }

  /** From an address of this machine that is not on the list. */
  private String fromElsewhere(String headers) throws IOException {
    try (Socket client = new Socket()) {
      client.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0));
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      client.getOutputStream().write(request("plain", headers + "Connection: close\r\n"));
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private byte[] request(String kind, String headers) {
    return ("POST /things/"
            + name
            + "/"
            + kind
            + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
            + headers
            + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private long sleeping() throws Exception {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from pg_stat_activity"
                    + " where state = 'active' and query = 'select pg_sleep(3)'")) {
      row.next();
      return row.getLong(1);
    }
  }
}
