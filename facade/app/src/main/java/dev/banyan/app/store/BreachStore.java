package dev.banyan.app.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.banyan.migration.WatchState;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Breaches in PostgreSQL: what one replica saw, and a person said at another one, holds at all. */
@Singleton
public class BreachStore {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final DataSource store;

  public BreachStore(DataSource store) {
    this.store = store;
  }

  /**
   * Writes down what is not known there yet.
   *
   * @return what is known there, together with what was written
   * @throws SQLException if the database does not answer
   */
  public Map<String, WatchState> exchange(Map<String, WatchState> known) throws SQLException {
    try (Connection connection = store.getConnection()) {
      Map<String, WatchState> all = new HashMap<>(read(connection));
      for (Map.Entry<String, WatchState> one : known.entrySet()) {
        WatchState before = all.get(one.getKey());
        WatchState after =
            before == null ? one.getValue() : WatchState.merged(before, one.getValue());
        Optional<WrittenBreach> written = WrittenBreach.of(after);
        if (!after.equals(before) && written.isPresent()) {
          // Another replica's may be overwritten in between: it is merged in again by that one.
          write(connection, one.getKey(), written.get());
          all.put(one.getKey(), after);
        }
      }
      return all;
    }
  }

  private static Map<String, WatchState> read(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select route_id, state from banyan.breach");
        ResultSet rows = select.executeQuery()) {
      Map<String, WatchState> states = new HashMap<>();
      while (rows.next()) {
        WrittenBreach written = JSON.readValue(rows.getString("state"), WrittenBreach.class);
        states.put(rows.getString("route_id"), written.state());
      }
      return states;
    } catch (JsonProcessingException | RuntimeException damaged) {
      throw new SQLException("a breach cannot be read: " + damaged.getMessage(), damaged);
    }
  }

  private static void write(Connection connection, String routeId, WrittenBreach breach)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "insert into banyan.breach (route_id, state) values (?, ?)"
                + " on conflict (route_id) do update set state = excluded.state")) {
      upsert.setString(1, routeId);
      upsert.setString(2, JSON.writeValueAsString(breach));
      upsert.executeUpdate();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
