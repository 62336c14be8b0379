/**
 * Comparisons beside the traffic: {@link dev.banyan.app.comparing.ObservationIntake} takes what the
 * data plane saw, on event loops and without waiting; pairs go through a bounded queue to {@link
 * dev.banyan.app.comparing.ComparisonWorker} on a thread of its own, and from there to the evidence
 * windows and the {@link dev.banyan.app.comparing.MismatchJournal}.
 */
@NullMarked
package dev.banyan.app.comparing;

import org.jspecify.annotations.NullMarked;
