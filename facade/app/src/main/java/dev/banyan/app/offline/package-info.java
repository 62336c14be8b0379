/**
 * Commands that need no running facade: checking rules, verifying contracts, comparing recordings
 * and sending them again, fetching descriptors. Each runs on the main thread before Quarkus starts,
 * prints, and returns an exit code: 0 done, 1 refused or failed, 2 wrong usage.
 */
@NullMarked
package dev.banyan.app.offline;

import org.jspecify.annotations.NullMarked;
