package dev.banyan.proxy.upstream;

import dev.banyan.rules.Share;

/**
 * How many requests may be sent again: a bucket that each request fills by the share and each
 * further attempt empties by one. Belongs to one event loop.
 */
public final class RetryBudget {
  private static final long ONE = 10_000;

  /** So that a few of the very first requests may be sent again, too. */
  private static final long RESERVE = 5 * ONE;

  private static final long MOST = 100 * ONE;

  private final int share;
  private long held = RESERVE;

  public RetryBudget(Share share) {
    this.share = share.basisPoints();
    held = share.basisPoints() == 0 ? 0 : RESERVE;
  }

  public void request() {
    held = Math.min(MOST, held + share);
  }

  public boolean take() {
    if (held < ONE) {
      return false;
    }
    held -= ONE;
    return true;
  }
}
