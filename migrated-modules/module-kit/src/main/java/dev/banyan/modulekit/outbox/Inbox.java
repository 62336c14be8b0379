package dev.banyan.modulekit.outbox;

import dev.banyan.modulekit.KitTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Tells a receiver which events it has had before. */
@ApplicationScoped
public class Inbox {

  private final DataSource database;
  private final String insert;

  @Inject
  Inbox(DataSource database, KitTables tables) {
    this.database = database;
    this.insert = tables.in("insert into @inbox (event_id) values (?) on conflict do nothing");
  }

  /**
   * Whether the event is new. It counts as received once the current transaction, with the event's
   * effect in it, commits; a repetition that comes meanwhile waits for that.
   */
  @Transactional(TxType.MANDATORY)
  public boolean isNew(String eventId) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement row = connection.prepareStatement(insert)) {
      row.setString(1, eventId);
      return row.executeUpdate() == 1;
    }
  }
}
