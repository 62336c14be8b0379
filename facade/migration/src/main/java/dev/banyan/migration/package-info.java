/**
 * The migration itself: what was seen ({@link dev.banyan.migration.Evidence}), whether it suffices
 * ({@link dev.banyan.migration.Gate}), how a route's stage changes ({@link
 * dev.banyan.migration.FlipCoordinator}) and where that is written down ({@link
 * dev.banyan.migration.Ledger}).
 *
 * <p>One flip's way: plan → judge → append → swap. Pure: ledger, clock and table holder are ports.
 * Runs on the caller's (virtual) thread; only evidence windows are written to from many threads.
 */
@NullMarked
package dev.banyan.migration;

import org.jspecify.annotations.NullMarked;
