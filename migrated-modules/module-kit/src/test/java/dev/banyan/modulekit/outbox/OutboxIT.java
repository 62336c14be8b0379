package dev.banyan.modulekit.outbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banyan.modulekit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Events follow their transaction, in order, and give up at last. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class OutboxIT {

  private static final Duration GENEROUS = Duration.ofSeconds(30);

  private final String subject = "subject" + UUID.randomUUID();

  @Inject Outbox outbox;
  @Inject Inbox inbox;
  @Inject RecordingTarget target;
  @Inject DataSource database;
  @Inject MeterRegistry meters;

  @Test
  void anEventIsDeliveredWhenItsTransactionCommitsAndNeverWhenItDoesNot() throws Exception {
    QuarkusTransaction.requiringNew().call(() -> outbox.add("A", subject, "1"));
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .call(
                        () -> {
                          outbox.add("A", subject, "undone");
                          throw new IllegalStateException("no");
                        }))
        .hasMessageContaining("no");
    QuarkusTransaction.requiringNew().call(() -> outbox.add("A", subject, "2"));

    await().atMost(GENEROUS).until(() -> rows("delivered") == 2);
    assertThat(target.payloads(subject)).containsExactly("1", "2");
    assertThat(rows("pending")).isZero();
  }

  @Test
  void anEventOutsideOfATransactionIsRefused() {
    assertThatThrownBy(() -> outbox.add("A", subject, "1"))
        .hasMessage("outbox: A outside of a transaction (expected: @Transactional)");
  }

  @Test
  void aShadowRequestPublishesNothing() throws Exception {
    given()
        .header("Banyan-Shadow", "1")
        .body("shadow")
        .post("/once/" + subject)
        .then()
        .statusCode(201);
    given().body("real").post("/once/" + subject).then().statusCode(201);

    await().atMost(GENEROUS).until(() -> rows("delivered") == 1);
    assertThat(target.payloads(subject)).containsExactly("{\"Body\":\"real\"}");
  }

  @Test
  void aFailedDeliveryIsTriedAgainUnderTheSameIdAndHoldsBackLaterOnesOfItsSubject()
      throws Exception {
    target.fails(subject, 2);
    UUID first = QuarkusTransaction.requiringNew().call(() -> outbox.add("A", subject, "1"));
    UUID second = QuarkusTransaction.requiringNew().call(() -> outbox.add("A", subject, "2"));

    await().atMost(GENEROUS).until(() -> rows("delivered") == 2);
    assertThat(target.events(subject)).extracting(OutboxEvent::id).containsExactly(first, second);
  }

  @Test
  void afterItsLastTryAnEventIsDeadAndCountedAndTheNextOneGoes() throws Exception {
    target.fails(subject, 3);
    List<String> payloads = List.of("1", "2");
    for (String payload : payloads) {
      QuarkusTransaction.requiringNew().call(() -> outbox.add("A", subject, payload));
    }

    await().atMost(GENEROUS).until(() -> rows("delivered") == 1);
    assertThat(rows("dead")).isOne();
    assertThat(target.payloads(subject)).containsExactly("2");
    await()
        .atMost(GENEROUS)
        .until(
            () ->
                meters.get("banyan.outbox.events").tag("state", "dead").gauge().value() == 1
                    && meters
                            .get("banyan.outbox.deliveries")
                            .tag("outcome", "dead")
                            .counter()
                            .count()
                        == 1);
  }

  @Test
  void aReceiverTellsARepetitionOnceItsTransactionCommitted() throws Exception {
    String event = UUID.randomUUID().toString();
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .call(
                        () -> {
                          assertThat(inbox.isNew(event)).isTrue();
                          throw new IllegalStateException("before the effect");
                        }))
        .hasMessageContaining("before the effect");

    assertThat(QuarkusTransaction.requiringNew().call(() -> inbox.isNew(event))).isTrue();
    assertThat(QuarkusTransaction.requiringNew().call(() -> inbox.isNew(event))).isFalse();
  }

  private long rows(String state) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from kit_tests.outbox where subject = ? and state = ?")) {
      query.setString(1, subject);
      query.setString(2, state);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
