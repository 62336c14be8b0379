package dev.banyan.migration;

import static dev.banyan.migration.Given.CANARY_10;
import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.LIVE;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.SHADOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerChainTest {
  private final List<LedgerEntry> chain = chainOf(5);

  private static List<LedgerEntry> chainOf(int length) {
    List<LedgerEntry> chain = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      LedgerEntry last = chain.isEmpty() ? null : chain.getLast();
      chain.add(LedgerChain.next(last, change("route-" + i), NOON.plusSeconds(i)));
    }
    return chain;
  }

  private static StageChange change(String routeId) {
    return new StageChange(
        routeId, SHADOW, CANARY_10, "ada", "why", "ready", Optional.of("e0"), "d0");
  }

  @Test
  void anUntouchedChainIsIntact() {
    assertThat(LedgerChain.verify(chain)).isEqualTo(new ChainCheck.Intact(5));
    assertThat(LedgerChain.verify(List.of())).isEqualTo(new ChainCheck.Intact(0));
  }

  /** Fixed for good: a ledger that was written by an earlier version must still verify. */
  @Test
  void theHashOfAnEntryNeverChanges() {
    assertThat(chain.getFirst().hash())
        .isEqualTo("c1239576d290a5d68372b699dca63c2d0c00265862b3b13c58e9d3712d46e9cb");
  }

  static Stream<Arguments> alterations() {
    return Stream.of(
        altered("revision", e -> entry(e, 9, e.at(), e.change())),
        altered("at", e -> entry(e, e.revision(), e.at().plusNanos(1_000), e.change())),
        altered("routeId", e -> with(e, changed(e, "routeId", "other"))),
        altered("from", e -> with(e, changed(e, "from", "other"))),
        altered("to", e -> with(e, changed(e, "to", "other"))),
        altered("who", e -> with(e, changed(e, "who", "eve"))),
        altered("why", e -> with(e, changed(e, "why", ""))),
        altered("verdict", e -> with(e, changed(e, "verdict", "not judged"))),
        altered("evidenceDigest", e -> with(e, changed(e, "evidenceDigest", "e1"))),
        altered("no evidenceDigest", e -> with(e, changed(e, "no evidenceDigest", ""))),
        altered("rulesDigest", e -> with(e, changed(e, "rulesDigest", "d1"))),
        altered(
            "previousHash",
            e -> new LedgerEntry(e.revision(), e.at(), e.change(), "1".repeat(64), e.hash())),
        altered(
            "hash",
            e ->
                new LedgerEntry(
                    e.revision(), e.at(), e.change(), e.previousHash(), "1".repeat(64))));
  }

  private static Arguments altered(String field, UnaryOperator<LedgerEntry> alteration) {
    return Arguments.of(field, alteration);
  }

  private static LedgerEntry with(LedgerEntry e, StageChange change) {
    return entry(e, e.revision(), e.at(), change);
  }

  private static LedgerEntry entry(LedgerEntry e, long revision, Instant at, StageChange change) {
    return new LedgerEntry(revision, at, change, e.previousHash(), e.hash());
  }

  private static StageChange changed(LedgerEntry entry, String field, String value) {
    StageChange c = entry.change();
    return new StageChange(
        field.equals("routeId") ? value : c.routeId(),
        field.equals("from") ? LEGACY : c.from(),
        field.equals("to") ? LIVE : c.to(),
        field.equals("who") ? value : c.who(),
        field.equals("why") ? value : c.why(),
        field.equals("verdict") ? value : c.verdict(),
        switch (field) {
          case "evidenceDigest" -> Optional.of(value);
          case "no evidenceDigest" -> Optional.empty();
          default -> c.evidenceDigest();
        },
        field.equals("rulesDigest") ? value : c.rulesDigest());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("alterations")
  void anAlteredFieldIsFound(String field, UnaryOperator<LedgerEntry> alteration) {
    chain.set(2, alteration.apply(chain.get(2)));

    assertThat(LedgerChain.verify(chain))
        .isInstanceOfSatisfying(
            ChainCheck.Broken.class, broken -> assertThat(broken.revision()).isEqualTo(3));
  }

  @Test
  void anEntryThatWasRewrittenWithAFreshHashIsFoundAtTheNextOne() {
    LedgerEntry forged = LedgerChain.next(chain.get(1), change("forged"), NOON);
    chain.set(2, forged);

    assertThat(LedgerChain.verify(chain))
        .isEqualTo(
            new ChainCheck.Broken(
                4,
                "previous hash: "
                    + chain.get(3).previousHash()
                    + " (expected: "
                    + forged.hash()
                    + ")"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aDeletedEntryIsFound(int index) {
    chain.remove(index);

    assertThat(LedgerChain.verify(chain))
        .isEqualTo(
            new ChainCheck.Broken(
                index + 1, "revision: " + (index + 2) + " (expected: " + (index + 1) + ")"));
  }

  @Test
  void anInsertedEntryIsFound() {
    chain.add(2, LedgerChain.next(chain.get(1), change("inserted"), NOON));

    assertThat(LedgerChain.verify(chain))
        .isEqualTo(new ChainCheck.Broken(4, "revision: 3 (expected: 4)"));
  }

  @Test
  void swappedEntriesAreFound() {
    Collections.swap(chain, 1, 2);

    assertThat(LedgerChain.verify(chain))
        .isEqualTo(new ChainCheck.Broken(2, "revision: 3 (expected: 2)"));
  }

  @Test
  void textThatMovesFromOneFieldToTheNextIsFound() {
    StageChange c = chain.get(4).change();
    StageChange moved =
        new StageChange(
            c.routeId(),
            c.from(),
            c.to(),
            "adawhy",
            "",
            c.verdict(),
            c.evidenceDigest(),
            c.rulesDigest());
    chain.set(4, with(chain.get(4), moved));

    assertThat(LedgerChain.verify(chain)).isInstanceOf(ChainCheck.Broken.class);
  }

  @Test
  void theTimeIsCutToTheMicrosecond() {
    LedgerEntry entry =
        LedgerChain.next(null, change("orders"), NOON.plus(Duration.ofNanos(1_234_567)));

    assertThat(entry.at()).isEqualTo(NOON.plus(Duration.ofNanos(1_234_000)));
  }
}
