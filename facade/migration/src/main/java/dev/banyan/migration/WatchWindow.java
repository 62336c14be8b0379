package dev.banyan.migration;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Side;
import java.time.Duration;
import java.time.Instant;

/** One route's last seconds: a ring of twenty slots. For any thread; a call is a few additions. */
final class WatchWindow {
  private static final int SLOTS = 20;

  /** The newest ones: what they show drowns in the others at first. */
  private static final int NEWEST = 5;

  private static final long NEVER = Long.MIN_VALUE;

  private final long slotMillis;
  private final WatchSlot[] ring = new WatchSlot[SLOTS];
  private final long[] numbers = new long[SLOTS];

  WatchWindow(Duration window) {
    slotMillis = Math.max(1, window.toMillis() / SLOTS);
    for (int i = 0; i < SLOTS; i++) {
      ring[i] = new WatchSlot();
      numbers[i] = NEVER;
    }
  }

  synchronized void answered(Side side, Observation observation, Instant now) {
    WatchSlot slot = slot(now);
    (side == Side.LEGACY ? slot.legacy : slot.migrated).record(observation);
  }

  synchronized void compared(Comparison comparison, Instant now) {
    if (comparison instanceof Comparison.Incomparable) {
      return;
    }
    WatchSlot slot = slot(now);
    slot.compared++;
    slot.mismatched += comparison instanceof Comparison.Mismatch ? 1 : 0;
  }

  /** All that is not older than the window. */
  WatchSlot whole(Instant now) {
    return sum(now, SLOTS);
  }

  /** The newest quarter of it. */
  WatchSlot newest(Instant now) {
    return sum(now, NEWEST);
  }

  private synchronized WatchSlot sum(Instant now, int slots) {
    long last = number(now);
    WatchSlot sum = new WatchSlot();
    for (int i = 0; i < SLOTS; i++) {
      if (numbers[i] != NEVER && numbers[i] > last - slots && numbers[i] <= last) {
        sum.add(ring[i]);
      }
    }
    return sum;
  }

  private WatchSlot slot(Instant now) {
    long number = number(now);
    int place = (int) Math.floorMod(number, (long) SLOTS);
    if (numbers[place] != number) {
      ring[place].clear();
      numbers[place] = number;
    }
    return ring[place];
  }

  private long number(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), slotMillis);
  }
}
