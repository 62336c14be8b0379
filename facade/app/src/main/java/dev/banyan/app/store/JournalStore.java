package dev.banyan.app.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.banyan.app.comparing.Exemplar;
import dev.banyan.app.comparing.MismatchJournal;
import dev.banyan.app.comparing.MismatchJournal.Change;
import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.comparing.Standing;
import dev.banyan.app.privacy.StoreCipher;
import dev.banyan.parity.Signature;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** The mismatch journal in PostgreSQL. Counts are added, so several writers do no harm. */
final class JournalStore {
  /** Only ASCII: text in PostgreSQL holds neither NUL nor half a surrogate pair, a body may. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private static final String ADD =
      """
      insert into banyan.mismatch_signature as known
        (route_id, digest, signature, count, first_seen, last_seen) values (?, ?, ?, ?, ?, ?)
      on conflict (route_id, digest) do update set
        count = known.count + excluded.count,
        first_seen = least(known.first_seen, excluded.first_seen),
        last_seen = greatest(known.last_seen, excluded.last_seen)
      """;
  private static final String ADD_EXEMPLAR =
      """
      insert into banyan.mismatch_exemplar (route_id, digest, number, exemplar, kept_at)
        select ?, ?, coalesce(max(number) + 1, 0), ?, ? from banyan.mismatch_exemplar
        where route_id = ? and digest = ?
      on conflict do nothing
      """;

  /** Whoever wrote them: the first ones stay, of the others the newest. */
  private static final String TRIM =
      """
      delete from banyan.mismatch_exemplar where route_id = ? and digest = ? and number in (
        select number from (
          select number, row_number() over (order by number) as first,
            row_number() over (order by number desc) as last
          from banyan.mismatch_exemplar where route_id = ? and digest = ?) numbered
        where first > %d and last > %d)
      """
          .formatted(MismatchJournal.FIRST_EXEMPLARS, MismatchJournal.SAMPLED_EXEMPLARS);

  private final DataSource store;
  private final SealedText sealed;

  JournalStore(DataSource store, StoreCipher cipher) {
    this.store = store;
    this.sealed = new SealedText(cipher);
  }

  /** Everything that is kept, by route. */
  Map<String, List<Sighting>> read() throws SQLException {
    try (Connection connection = store.getConnection()) {
      Map<String, List<Exemplar>> exemplars = exemplars(connection);
      Map<String, List<Sighting>> kept = new HashMap<>();
      try (PreparedStatement select =
              connection.prepareStatement(
                  "select route_id, digest, signature, count, first_seen, last_seen"
                      + " from banyan.mismatch_signature order by first_seen, digest");
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String routeId = rows.getString(1);
          kept.computeIfAbsent(routeId, id -> new ArrayList<>())
              .add(
                  new Sighting(
                      parse(rows.getString(3), Signature.class),
                      new Standing.Stale(),
                      rows.getLong(4),
                      rows.getObject(5, OffsetDateTime.class).toInstant(),
                      rows.getObject(6, OffsetDateTime.class).toInstant(),
                      exemplars.getOrDefault(record(routeId, rows.getString(2)), List.of())));
        }
      }
      return kept;
    }
  }

  private Map<String, List<Exemplar>> exemplars(Connection connection) throws SQLException {
    Map<String, List<Exemplar>> exemplars = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select route_id, digest, exemplar, kept_at from banyan.mismatch_exemplar"
                    + " order by number");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String record = record(rows.getString(1), rows.getString(2));
        Exemplar exemplar =
            switch (sealed.open(rows.getString(3), record)) {
              case SealedText.Read.Text(String json) -> parse(json, Exemplar.class);
              case SealedText.Read.Unreadable(String reason) ->
                  Exemplar.unreadable(rows.getObject(4, OffsetDateTime.class).toInstant(), reason);
            };
        exemplars.computeIfAbsent(record, id -> new ArrayList<>()).add(exemplar);
      }
    }
    return exemplars;
  }

  /** All of it, or nothing. */
  void write(List<Change> changes, Set<String> forgottenRoutes) throws SQLException {
    try (Connection connection = store.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement add = connection.prepareStatement(ADD);
          PreparedStatement exemplar = connection.prepareStatement(ADD_EXEMPLAR);
          PreparedStatement trim = connection.prepareStatement(TRIM);
          PreparedStatement forget =
              connection.prepareStatement(
                  "delete from banyan.mismatch_signature where route_id = ?")) {
        for (String routeId : forgottenRoutes) {
          forget.setString(1, routeId);
          forget.executeUpdate();
        }
        for (Change change : changes) {
          add(add, exemplar, change);
          trim(trim, change);
        }
        exemplar.executeBatch();
        trim.executeBatch();
        connection.commit();
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private void add(PreparedStatement add, PreparedStatement exemplar, Change change)
      throws SQLException {
    Sighting more = change.more();
    String digest = more.signature().digest();
    add.setString(1, change.routeId());
    add.setString(2, digest);
    add.setString(3, text(more.signature()));
    add.setLong(4, more.count());
    add.setObject(5, at(more.firstSeen()));
    add.setObject(6, at(more.lastSeen()));
    add.executeUpdate();
    for (Exemplar example : more.exemplars()) {
      exemplar.setString(1, change.routeId());
      exemplar.setString(2, digest);
      exemplar.setString(3, sealed.seal(text(example), record(change.routeId(), digest)));
      exemplar.setObject(4, at(example.at()));
      exemplar.setString(5, change.routeId());
      exemplar.setString(6, digest);
      exemplar.addBatch();
    }
  }

  private static void trim(PreparedStatement trim, Change change) throws SQLException {
    if (change.more().exemplars().isEmpty()) {
      return;
    }
    String digest = change.more().signature().digest();
    trim.setString(1, change.routeId());
    trim.setString(2, digest);
    trim.setString(3, change.routeId());
    trim.setString(4, digest);
    trim.addBatch();
  }

  /** Nothing that was sealed for one signature can be read as another one's. */
  private static String record(String routeId, String digest) {
    return "mismatch_exemplar/" + routeId + '/' + digest;
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException plainRecord) {
      throw new IllegalStateException(plainRecord);
    }
  }

  private static <T> T parse(String json, Class<T> type) throws SQLException {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException damaged) {
      throw new SQLException("mismatch journal: an entry cannot be read", damaged);
    }
  }
}
