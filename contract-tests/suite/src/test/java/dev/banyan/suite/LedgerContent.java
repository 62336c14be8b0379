package dev.banyan.suite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What the ledger says of each route at each revision. Routes begin in {@code legacy}. */
final class LedgerContent {
  private final List<Entry> entries;
  private final Map<String, NavigableMap<Long, Entry>> byRoute = new HashMap<>();

  /** One stage change. */
  record Entry(long revision, Instant at, String route, String from, String to, String why) {}

  LedgerContent(List<Entry> entries) {
    this.entries = entries;
    for (Entry entry : entries) {
      byRoute.computeIfAbsent(entry.route(), route -> new TreeMap<>()).put(entry.revision(), entry);
    }
  }

  static LedgerContent read(DataSource database) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select revision, at, route_id, from_stage, to_stage, why from banyan.ledger order by 1")) {
      while (row.next()) {
        entries.add(
            new Entry(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6)));
      }
    }
    return new LedgerContent(entries);
  }

  long revision() {
    return entries.isEmpty() ? 0 : entries.getLast().revision();
  }

  List<Entry> entries() {
    return entries;
  }

  /** The route's stage at a revision. */
  String stage(String route, long revision) {
    Map.Entry<Long, Entry> last = of(route).floorEntry(revision);
    return last == null ? "legacy" : last.getValue().to();
  }

  /** The first entry after a revision that takes the route back. */
  Optional<Entry> nextRollback(String route, long revision) {
    return of(route).tailMap(revision, false).values().stream()
        .filter(entry -> entry.to().equals("legacy"))
        .findFirst();
  }

  /** The entry with which the canary began that the route is in at a revision. */
  long rollout(String route, long revision) {
    for (Entry entry : of(route).headMap(revision, true).descendingMap().values()) {
      if (!entry.from().startsWith("canary")) {
        return entry.revision();
      }
    }
    return 0;
  }

  private NavigableMap<Long, Entry> of(String route) {
    return byRoute.getOrDefault(route, new TreeMap<>());
  }
}
