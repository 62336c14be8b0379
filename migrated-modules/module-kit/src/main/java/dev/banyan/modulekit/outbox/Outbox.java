package dev.banyan.modulekit.outbox;

import dev.banyan.modulekit.KitTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Takes events in, as part of the transaction that they tell of. */
@ApplicationScoped
public class Outbox {

  private static final String INSERT =
      "insert into @outbox (event_id, type, subject, payload) values (?, ?, ?, ?)";

  private final DataSource database;
  private final TransactionSynchronizationRegistry transactions;
  private final OutboxPublisher publisher;
  private final String insert;

  @Inject
  Outbox(
      DataSource database,
      TransactionSynchronizationRegistry transactions,
      OutboxPublisher publisher,
      KitTables tables) {
    this.database = database;
    this.transactions = transactions;
    this.publisher = publisher;
    this.insert = tables.in(INSERT);
  }

  /**
   * Publishes the event if the current transaction commits.
   *
   * @param payload JSON
   * @return the event's id
   * @throws IllegalStateException outside of a transaction
   */
  public UUID add(String type, String subject, String payload) throws SQLException {
    if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
      throw new IllegalStateException(
          "outbox: " + type + " outside of a transaction (expected: @Transactional)");
    }
    UUID id = UUID.randomUUID();
    try (Connection connection = database.getConnection();
        PreparedStatement row = connection.prepareStatement(insert)) {
      row.setObject(1, id);
      row.setString(2, type);
      row.setString(3, subject);
      row.setString(4, payload);
      row.executeUpdate();
    }
    transactions.registerInterposedSynchronization(new WakeThePublisher());
    return id;
  }

  private final class WakeThePublisher implements Synchronization {
    @Override
    public void beforeCompletion() {
      // Nothing is to be done before.
    }

    @Override
    public void afterCompletion(int status) {
      publisher.wake();
    }
  }
}
