/**
 * What must hold: the one comparer that live shadowing and contract verification share. Two {@link
 * dev.banyan.parity.Observation}s and a profile go in, a {@link dev.banyan.parity.Comparison} comes
 * out.
 *
 * <p>Pure: no socket, no clock. Runs on the caller's thread, which is never an event loop.
 */
@NullMarked
package dev.banyan.parity;

import org.jspecify.annotations.NullMarked;
