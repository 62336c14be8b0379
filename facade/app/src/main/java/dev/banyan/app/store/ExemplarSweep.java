package dev.banyan.app.store;

import dev.banyan.app.privacy.KeepValues;
import dev.banyan.app.privacy.Retention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Deletes exemplars that are too old or too many, hourly. One thread. */
final class ExemplarSweep {
  private static final Duration EVERY = Duration.ofHours(1);

  /** The youngest one that does not fit; it goes, and all that are as old. */
  private static final String OVER_SIZE =
      """
      select max(kept_at) from (
        select kept_at, sum(octet_length(exemplar)) over (
          order by kept_at desc, route_id, digest, number) as held
        from banyan.mismatch_exemplar) exemplars
      where held > ?
      """;

  private final DataSource store;
  private final Retention retention;
  private final InstantSource clock;
  private @Nullable Instant last;

  ExemplarSweep(DataSource store, Retention retention, InstantSource clock) {
    this.store = store;
    this.retention = retention;
    this.clock = clock;
  }

  /** The moment up to which exemplars are no longer kept; empty where it was not yet time. */
  Optional<Instant> ifDue() throws SQLException {
    Instant now = clock.instant();
    Instant before = last;
    if (before != null && now.isBefore(before.plus(EVERY))) {
      return Optional.empty();
    }
    boolean all = before == null && retention.keep() == KeepValues.PATHS_ONLY;
    Instant until = sweep(all ? now : now.minus(retention.age()));
    last = now;
    return Optional.of(until);
  }

  private Instant sweep(Instant tooOld) throws SQLException {
    try (Connection connection = store.getConnection()) {
      Instant tooMany = overSize(connection);
      Instant until = tooMany.isAfter(tooOld) ? tooMany : tooOld;
      try (PreparedStatement delete =
          connection.prepareStatement("delete from banyan.mismatch_exemplar where kept_at <= ?")) {
        delete.setObject(1, until.atOffset(ZoneOffset.UTC));
        delete.executeUpdate();
      }
      return until;
    }
  }

  private Instant overSize(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OVER_SIZE)) {
      select.setLong(1, retention.bytes());
      try (ResultSet rows = select.executeQuery()) {
        OffsetDateTime youngest = rows.next() ? rows.getObject(1, OffsetDateTime.class) : null;
        return youngest == null ? Instant.MIN : youngest.toInstant();
      }
    }
  }
}
