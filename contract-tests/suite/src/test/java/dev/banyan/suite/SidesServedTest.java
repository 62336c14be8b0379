package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.banyan.suite.RandomFlips.Rollback;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link FlipStormIT} judges by finds what it is there for. */
class SidesServedTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final LedgerContent LEDGER =
      new LedgerContent(
          List.of(
              entry(1, "legacy", "shadow"),
              entry(2, "shadow", "canary:10"),
              entry(3, "canary:10", "canary:50"),
              entry(4, "canary:50", "live"),
              entry(5, "live", "legacy")));
  private static final Rollback AT_NOON = new Rollback("one", "r0", NOON);

  private final SidesServed sides = new SidesServed(LEDGER, List.of(AT_NOON));

  @Test
  void whatTheRevisionNamesIsRight() throws Exception {
    line("one", 0, "legacy", "legacy", 1);
    line("one", 1, "shadow", "legacy", 2);
    line("one", 2, "canary:10", "legacy", 3);
    line("two", 3, "canary:50", "migrated", 3);
    line("one", 4, "live", "migrated", 4);
    line("one", 5, "legacy", "legacy", 5);

    assertThat(sides.wrong()).isEmpty();
  }

  @Test
  void anotherStageThanTheRevisionNamesIsWrong() throws Exception {
    line("one", 3, "live", "migrated", 1);

    assertThat(sides.wrong()).hasSize(1);
  }

  @Test
  void anotherSideThanTheStageNamesIsWrong() throws Exception {
    line("one", 1, "shadow", "migrated", 1);
    line("one", 4, "live", "legacy", 1);

    assertThat(sides.wrong()).hasSize(2);
  }

  @Test
  void legacyAheadOfTheLedgerIsRightAfterARollbackAtThatReplicaAlone() throws Exception {
    at("one", NOON.plusMillis(5), 4, "legacy", "legacy", 1);
    assertThat(sides.wrong()).isEmpty();

    at("one", NOON.minusMillis(5), 4, "legacy", "legacy", 1);
    at("two", NOON.plusMillis(5), 4, "legacy", "legacy", 1);
    assertThat(sides.wrong()).hasSize(2);
  }

  @Test
  void aClientThatMovesBackWithinARolloutIsDrawnDifferently() throws Exception {
    line("one", 2, "canary:10", "migrated", 7);
    line("two", 3, "canary:50", "legacy", 7);

    assertThat(sides.wrong()).hasSize(1);
  }

  private void line(String replica, long revision, String stage, String side, int number)
      throws JsonProcessingException {
    at(replica, NOON, revision, stage, side, number);
  }

  private void at(
      String replica, Instant time, long revision, String stage, String side, int number)
      throws JsonProcessingException {
    sides.checkLine(
        replica,
        Facade.JSON.readTree(
            "{\"time\":\"%s\",\"route\":\"r0\",\"stage\":\"%s\",\"side\":\"%s\",\"revision\":%d,\"path\":\"/r0/n%d\"}"
                .formatted(time, stage, side, revision, number)));
  }

  private static LedgerContent.Entry entry(long revision, String from, String to) {
    return new LedgerContent.Entry(revision, NOON, "r0", from, to, "");
  }
}
