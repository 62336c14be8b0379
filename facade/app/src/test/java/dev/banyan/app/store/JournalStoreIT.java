package dev.banyan.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.comparing.Exemplar;
import dev.banyan.app.comparing.MismatchJournal.Change;
import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.database.EmbeddedDatabase;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Signature;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The mismatch journal on a real PostgreSQL. */
class JournalStoreIT {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  /** As bodies and keys may be, and as text in PostgreSQL may not. */
  private static final String HOSTILE = "a\u0000b\uD83D c😀\"\\" + "x".repeat(10_000);

  @Test
  void countsAddUpAndEverythingIsReadAsItWasSeen(@TempDir Path folder) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      JournalStore store = new JournalStore(migrated(database));
      Signature odd = new Signature("$." + HOSTILE, Difference.Kind.EXTRA);
      Signature plain = new Signature("$.a", Difference.Kind.VALUE);

      store.write(
          List.of(
              change("r", 0, plain, 2, EARLY, List.of(exemplar("1"), exemplar(HOSTILE))),
              change("r", 0, odd, 1, EARLY, List.of()),
              change("gone", 0, plain, 9, EARLY, List.of(exemplar("9")))),
          Set.of());
      store.write(
          List.of(change("r", 2, plain, 3, EARLY.plusSeconds(9), List.of(exemplar("3")))),
          Set.of("gone"));

      assertThat(store.read()).containsOnlyKeys("r");
      assertThat(store.read().get("r"))
          .containsExactlyInAnyOrder(
              new Sighting(
                  plain,
                  5,
                  EARLY,
                  EARLY.plusSeconds(9),
                  List.of(exemplar("1"), exemplar(HOSTILE), exemplar("3"))),
              new Sighting(odd, 1, EARLY, EARLY, List.of()));
    }
  }

  private static PGSimpleDataSource migrated(EmbeddedDatabase database) throws Exception {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    Flyway.configure()
        .dataSource(source)
        .schemas("banyan")
        .defaultSchema("banyan")
        .load()
        .migrate();
    return source;
  }

  private static Change change(
      String routeId,
      int before,
      Signature signature,
      long count,
      Instant last,
      List<Exemplar> exemplars) {
    return new Change(routeId, before, new Sighting(signature, count, EARLY, last, exemplars));
  }

  private static Exemplar exemplar(String body) {
    return new Exemplar(
        EARLY,
        "GET",
        "/a",
        "legacy",
        new Exemplar.Seen(200, body),
        new Exemplar.Seen(null, "connect-refused"),
        List.of(new Exemplar.Place("$.a", "value", "1", "2")));
  }
}
