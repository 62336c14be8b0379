/**
 * What the outside sees of the running facade: counters and histograms for Prometheus, error
 * budgets, spans and the access log. Counting happens on event loops and is a few atomic additions;
 * everything that formats, sends or writes has a thread of its own and a bounded queue before it.
 */
@NullMarked
package dev.banyan.app.seen;

import org.jspecify.annotations.NullMarked;
