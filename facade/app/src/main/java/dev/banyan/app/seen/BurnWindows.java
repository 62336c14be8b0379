package dev.banyan.app.seen;

import dev.banyan.app.seen.RouteCounters.Judged;

/**
 * One route's requests of the last six hours, minute by minute, and how fast they use up its
 * budget: 1 means exactly the budget, 14.4 that a month's is gone in two days (The Site Reliability
 * Workbook, chapter 5).
 */
final class BurnWindows {
  static final int LONGEST_MINUTES = 360;

  /** What one bad request of a budget of nothing burns; JSON has no infinity. */
  static final double NOTHING_ALLOWED = 1e6;

  private final long[] requests = new long[LONGEST_MINUTES];
  private final long[] failed = new long[LONGEST_MINUTES];
  private final long[] slow = new long[LONGEST_MINUTES];
  private Judged atMinute = new Judged(0, 0, 0);
  private int at;

  /** Ends a minute with what had been counted by then. */
  synchronized void minute(Judged now) {
    requests[at] = Math.max(0, now.requests() - atMinute.requests());
    failed[at] = Math.max(0, now.failed() - atMinute.failed());
    slow[at] = Math.max(0, now.slow() - atMinute.slow());
    at = (at + 1) % LONGEST_MINUTES;
    atMinute = now;
  }

  /** The requests of the last minutes, the running one not counted among the minutes. */
  synchronized Judged last(int minutes, Judged now) {
    long allRequests = Math.max(0, now.requests() - atMinute.requests());
    long allFailed = Math.max(0, now.failed() - atMinute.failed());
    long allSlow = Math.max(0, now.slow() - atMinute.slow());
    for (int back = 1; back <= Math.min(minutes, LONGEST_MINUTES); back++) {
      int minute = Math.floorMod(at - back, LONGEST_MINUTES);
      allRequests += requests[minute];
      allFailed += failed[minute];
      allSlow += slow[minute];
    }
    return new Judged(allRequests, allFailed, allSlow);
  }

  /** The share of bad ones over the share that may be; 0 where nothing was asked. */
  static double rate(long bad, long requests, double allowed) {
    if (requests == 0 || bad == 0) {
      return 0;
    }
    return allowed <= 0 ? NOTHING_ALLOWED : (double) bad / requests / allowed;
  }
}
