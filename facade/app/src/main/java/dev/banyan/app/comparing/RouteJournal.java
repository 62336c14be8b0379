package dev.banyan.app.comparing;

import dev.banyan.parity.Signature;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of one route, in two rooms: one for those that nothing accepts, or of which that
 * is not known, and one for accepted ones. Used under the journal's lock.
 */
final class RouteJournal {
  private static final int MAX_REFUSED = 300;
  private static final int MAX_ACCEPTED = 100;
  private static final int MAX_SIGNATURES = MAX_REFUSED + MAX_ACCEPTED;

  final Map<Signature, Sightings> entries = new LinkedHashMap<>();
  final Map<String, Long> hidden = new TreeMap<>();
  long dropped;

  /** Bytes of those that gave way, until somebody takes note of them. */
  private long freed;

  /** Null where there is no room for it. */
  @Nullable Sightings entry(Signature signature, Instant now, Standing standing) {
    Sightings known = entries.get(signature);
    return known != null || !hasRoom(standing) ? known : fresh(signature, now);
  }

  /** Likewise for one of an earlier run: how those stand is yet to be judged. */
  @Nullable Sightings earlier(Signature signature, Instant first) {
    Sightings known = entries.get(signature);
    return known != null || entries.size() >= MAX_SIGNATURES ? known : fresh(signature, first);
  }

  private Sightings fresh(Signature signature, Instant now) {
    // One seed for each signature: what is taken is fair, and the same in every run.
    Sightings fresh = new Sightings(now, new SplittableRandom(Long.parseLong(signature.id(), 16)));
    entries.put(signature, fresh);
    return fresh;
  }

  /**
   * After a change of the rules many may be accepted that were not: then they stand in the room of
   * those that are not, and the one that was not seen for longest gives way.
   */
  private boolean hasRoom(Standing standing) {
    long accepted = entries.values().stream().filter(one -> isSettled(one.standing())).count();
    if (isSettled(standing)) {
      return accepted < MAX_ACCEPTED && entries.size() < MAX_SIGNATURES;
    }
    if (entries.size() - accepted >= MAX_REFUSED) {
      return false;
    }
    if (entries.size() >= MAX_SIGNATURES) {
      entries.entrySet().stream()
          .filter(one -> isSettled(one.getValue().standing()))
          .min(Comparator.comparing(one -> one.getValue().lastSeen()))
          .map(Map.Entry::getKey)
          .ifPresent(this::giveWay);
    }
    return true;
  }

  private void giveWay(Signature signature) {
    Sightings gone = entries.remove(signature);
    freed += gone == null ? 0 : gone.keptBytes();
  }

  long takeFreed() {
    long taken = freed;
    freed = 0;
    return taken;
  }

  private static boolean isSettled(Standing standing) {
    return standing instanceof Standing.Tolerated || standing instanceof Standing.Matched;
  }
}
