package dev.banyan.app.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.comparing.Exemplar;
import dev.banyan.app.comparing.KeptAnswer;
import dev.banyan.app.comparing.MismatchJournal.Change;
import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.comparing.Standing;
import dev.banyan.app.database.EmbeddedDatabase;
import dev.banyan.app.database.MigratedStore;
import dev.banyan.app.privacy.KeepValues;
import dev.banyan.app.privacy.Retention;
import dev.banyan.app.privacy.StoreCipher;
import dev.banyan.app.privacy.StoreKeys;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Signature;
import dev.banyan.parity.Spot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
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
      JournalStore store = new JournalStore(MigratedStore.in(database), cipher("one"));
      Signature odd = new Signature("$." + HOSTILE, Difference.Kind.EXTRA, "null");
      Signature plain = new Signature("$.a", Difference.Kind.VALUE, "");

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
                  new Standing.Stale(),
                  5,
                  EARLY,
                  EARLY.plusSeconds(9),
                  List.of(exemplar("1"), exemplar(HOSTILE), exemplar("3"))),
              new Sighting(odd, new Standing.Stale(), 1, EARLY, EARLY, List.of()));
    }
  }

  @Test
  void whatJudgingAgainNeedsIsReadAsItWasKept(@TempDir Path folder) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      JournalStore store = new JournalStore(MigratedStore.in(database), cipher("one"));
      Signature status = new Signature("messages[*].status", Difference.Kind.VALUE, "");
      KeptAnswer kept =
          new KeptAnswer(
              200,
              List.of(new Headers.Field("content-type", "application/grpc")),
              List.of(new Headers.Field("grpc-status", "0")),
              new KeptAnswer.Messages("messages", "shop.v1.Order"),
              new byte[] {1, 2, 3});
      Exemplar exemplar =
          new Exemplar(
              EARLY,
              "POST",
              "/shop.v1.Orders/Get",
              "legacy",
              new Exemplar.Seen(200, "[]", kept),
              new Exemplar.Seen(200, "[]", kept),
              List.of(),
              new Exemplar.Again(Set.of(new Spot(status.location(), status.kind())), "a digest"));

      store.write(List.of(change("r", 0, status, 1, EARLY, List.of(exemplar))), Set.of());

      Exemplar read = store.read().get("r").getFirst().exemplars().getFirst();
      assertThat(read.again()).isEqualTo(exemplar.again());
      assertThat(read.candidate().kept())
          .usingRecursiveComparison()
          .isEqualTo(exemplar.candidate().kept());
    }
  }

  @Test
  void exemplarsAreEncryptedAndOneWithoutItsKeyIsShownAsUnreadable(@TempDir Path folder)
      throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      PGSimpleDataSource source = MigratedStore.in(database);
      Signature plain = new Signature("$.a", Difference.Kind.VALUE, "");
      new JournalStore(source, cipher("one"))
          .write(
              List.of(change("r", 0, plain, 1, EARLY, List.of(exemplar("a known word")))),
              Set.of());

      assertThat(column(source, "select exemplar from banyan.mismatch_exemplar"))
          .doesNotContain("known", Base64.getEncoder().encodeToString("known".getBytes(US_ASCII)));
      assertThat(new JournalStore(source, cipher("two")).read().get("r"))
          .singleElement()
          .satisfies(
              sighting -> {
                assertThat(sighting.count()).isEqualTo(1);
                assertThat(sighting.exemplars().getFirst().control().body())
                    .isEqualTo("(unreadable: its key is not configured: one)");
              });
    }
  }

  @Test
  void whatIsTooOldOrTooMuchGoesOldestFirstAndCountsStay(@TempDir Path folder) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      PGSimpleDataSource source = MigratedStore.in(database);
      JournalStore store = new JournalStore(source, cipher("one"));
      Signature plain = new Signature("$.a", Difference.Kind.VALUE, "");
      List<Exemplar> daily = new ArrayList<>();
      for (int day = 0; day < 10; day++) {
        daily.add(exemplar(EARLY.plus(Duration.ofDays(day)), "day " + day));
      }
      store.write(List.of(change("r", 0, plain, 10, EARLY, daily)), Set.of());
      // Of one signature the first three stay, and the two newest of the others.
      assertThat(bodies(store)).containsExactly("day 0", "day 1", "day 2", "day 8", "day 9");
      int one =
          Integer.parseInt(
              column(source, "select max(octet_length(exemplar)) from banyan.mismatch_exemplar"));

      Instant now = EARLY.plus(Duration.ofDays(10));
      new ExemplarSweep(
              source, new Retention(Duration.ofDays(5), 1L << 30, KeepValues.FULL), () -> now)
          .ifDue();
      assertThat(bodies(store)).containsExactly("day 8", "day 9");

      new ExemplarSweep(
              source,
              new Retention(Duration.ofDays(5), 1L * one + one / 2, KeepValues.FULL),
              () -> now)
          .ifDue();
      assertThat(bodies(store)).containsExactly("day 9");
      assertThat(store.read().get("r").getFirst().count()).isEqualTo(10);

      new ExemplarSweep(
              source, new Retention(Duration.ofDays(5), 2L * one, KeepValues.PATHS_ONLY), () -> now)
          .ifDue();
      assertThat(bodies(store)).isEmpty();
    }
  }

  private static List<String> bodies(JournalStore store) throws Exception {
    return store.read().get("r").getFirst().exemplars().stream()
        .map(exemplar -> exemplar.control().body())
        .toList();
  }

  private static String column(PGSimpleDataSource source, String select) throws Exception {
    try (Connection connection = source.getConnection();
        ResultSet rows = connection.createStatement().executeQuery(select)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static StoreCipher cipher(String id) {
    return new StoreCipher(StoreKeys.of(List.of(id + ":" + "A".repeat(43))));
  }

  private static Change change(
      String routeId,
      int before,
      Signature signature,
      long count,
      Instant last,
      List<Exemplar> exemplars) {
    return new Change(
        routeId,
        before,
        new Sighting(signature, new Standing.Mismatch(), count, EARLY, last, exemplars));
  }

  private static Exemplar exemplar(String body) {
    return exemplar(EARLY, body);
  }

  private static Exemplar exemplar(Instant at, String body) {
    return new Exemplar(
        at,
        "GET",
        "/a",
        "legacy",
        new Exemplar.Seen(200, body, null),
        new Exemplar.Seen(null, "connect-refused", null),
        List.of(new Exemplar.Place("$.a", "value", "1", "2")),
        null);
  }
}
