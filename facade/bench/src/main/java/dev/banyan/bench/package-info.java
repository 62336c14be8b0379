/**
 * Side-by-side benchmarks. Each one starts what it compares as real processes, drives them in turns
 * within one run and prints figures and ratios; on a noisy machine only the ratios mean something.
 *
 * <p>Load is made on one selector thread of this process ({@link dev.banyan.bench.HttpLoad});
 * upstreams are processes of their own ({@link dev.banyan.bench.CannedServer}); a proxy's cost is
 * what the operating system says its process used ({@link dev.banyan.bench.ProcessCpu}).
 */
@NullMarked
package dev.banyan.bench;

import org.jspecify.annotations.NullMarked;
