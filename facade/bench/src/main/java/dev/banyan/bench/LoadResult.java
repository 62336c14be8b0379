package dev.banyan.bench;

import org.HdrHistogram.Histogram;

/**
 * What a round of load came to.
 *
 * @param requests answered with 200 and whole
 * @param errors everything else
 * @param nanos how long the round took
 * @param latency in nanoseconds; in paced rounds from the moment the request was due
 */
record LoadResult(long requests, long errors, long nanos, Histogram latency) {
  double perSecond() {
    return requests / (nanos / 1e9);
  }

  double p50Micros() {
    return latency.getValueAtPercentile(50) / 1e3;
  }

  double p95Micros() {
    return latency.getValueAtPercentile(95) / 1e3;
  }

  double p99Micros() {
    return latency.getValueAtPercentile(99) / 1e3;
  }
}
