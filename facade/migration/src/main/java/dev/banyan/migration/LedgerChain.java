package dev.banyan.migration;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hash chain through the ledger: every entry's hash covers all its fields and the hash before
 * it, so that nothing can be changed, taken out, put in or moved without breaking each later link.
 *
 * <p>Entries missing at the <em>end</em> leave an intact, shorter chain; they are noticed by
 * whoever remembers a later revision, as a routing table does ({@link FlipCoordinator#catchUp}).
 */
public final class LedgerChain {
  /** What stands before the first entry: 64 zeros. */
  public static final String GENESIS = "0".repeat(64);

  private static final String FORM = "banyan-ledger-1";

  private LedgerChain() {}

  /**
   * The entry that follows.
   *
   * @param previous the last entry, or null for an empty ledger
   * @param at is cut to the microsecond, which is what the ledger keeps
   */
  public static LedgerEntry next(@Nullable LedgerEntry previous, StageChange change, Instant at) {
    long revision = previous == null ? 1 : previous.revision() + 1;
    String previousHash = previous == null ? GENESIS : previous.hash();
    Instant kept = at.truncatedTo(ChronoUnit.MICROS);
    return new LedgerEntry(
        revision, kept, change, previousHash, hash(revision, kept, change, previousHash));
  }

  /** SHA-256 over the length-prefixed fields, lower-case hex; see {@link FieldHash}. */
  private static String hash(long revision, Instant at, StageChange change, String previousHash) {
    return new FieldHash()
        .add(FORM)
        .add(revision)
        .add(at.toString())
        .add(change.routeId())
        .add(change.from().text())
        .add(change.to().text())
        .add(change.who())
        .add(change.why())
        .add(change.verdict())
        .add(change.evidenceDigest())
        .add(change.rulesDigest())
        .add(previousHash)
        .hex();
  }

  /**
   * Checks a whole ledger.
   *
   * @param entries all of them, in order
   */
  public static ChainCheck verify(Iterable<LedgerEntry> entries) {
    long expectedRevision = 1;
    String expectedPrevious = GENESIS;
    for (LedgerEntry entry : entries) {
      Optional<String> flaw = flaw(entry, expectedRevision, expectedPrevious);
      if (flaw.isPresent()) {
        return new ChainCheck.Broken(expectedRevision, flaw.get());
      }
      expectedRevision++;
      expectedPrevious = entry.hash();
    }
    return new ChainCheck.Intact(expectedRevision - 1);
  }

  private static Optional<String> flaw(LedgerEntry entry, long revision, String previousHash) {
    if (entry.revision() != revision) {
      return Optional.of("revision: " + entry.revision() + " (expected: " + revision + ")");
    }
    if (!entry.previousHash().equals(previousHash)) {
      return Optional.of(
          "previous hash: " + entry.previousHash() + " (expected: " + previousHash + ")");
    }
    String hash = hash(revision, entry.at(), entry.change(), previousHash);
    return entry.hash().equals(hash)
        ? Optional.empty()
        : Optional.of("hash: " + entry.hash() + " (expected: " + hash + ")");
  }
}
