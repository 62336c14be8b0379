package dev.banyan.migration;

import java.time.Instant;

/**
 * One line of the ledger.
 *
 * @param revision 1 for the first, then one more for each
 * @param at when it was appended, to the microsecond
 * @param previousHash hash of the entry before, or 64 zeros
 * @param hash SHA-256 over all other fields and {@code previousHash}, lower-case hex
 */
public record LedgerEntry(
    long revision, Instant at, StageChange change, String previousHash, String hash) {}
