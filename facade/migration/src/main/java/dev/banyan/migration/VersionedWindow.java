package dev.banyan.migration;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One route's present window and the candidate version that it is about. A label that was never
 * seen is a new deploy: a new window. A label that was seen before is an instance of an earlier
 * deploy that still answers, and says nothing of the present one; unless it alone answers for a
 * while, as after a deploy that was taken back: then it is the present one again, from nothing.
 */
final class VersionedWindow {
  /** So many answers of an earlier version, with none of the present one in between. */
  static final int TAKEN_BACK = 50;

  private static final int REMEMBERED = 8;

  private final Deque<String> earlier = new ArrayDeque<>();
  private volatile EvidenceWindow present;
  private volatile int strays;

  VersionedWindow(Instant since, Optional<EvidencePlace> place) {
    present = new EvidenceWindow(since, Optional.empty(), place);
  }

  EvidenceWindow present() {
    return present;
  }

  /**
   * The window that an answer with this label belongs to; none for an earlier version's. An answer
   * without a label belongs to the present one.
   */
  Optional<EvidenceWindow> of(Optional<String> label, Instant now) {
    EvidenceWindow window = present;
    if (label.isEmpty() || label.equals(window.version())) {
      if (strays != 0 && label.isPresent()) {
        strays = 0;
      }
      return Optional.of(window);
    }
    return ofAnother(label.get(), now);
  }

  private synchronized Optional<EvidenceWindow> ofAnother(String label, Instant now) {
    if (present.version().equals(Optional.of(label))) {
      return Optional.of(present);
    }
    if (earlier.contains(label)) {
      strays = strays + 1;
      if (strays < TAKEN_BACK) {
        return Optional.empty();
      }
    }
    begin(label, now);
    return Optional.of(present);
  }

  private void begin(String label, Instant now) {
    earlier.remove(label);
    present.version().ifPresent(earlier::addLast);
    if (earlier.size() > REMEMBERED) {
      earlier.removeFirst();
    }
    present = new EvidenceWindow(now, Optional.of(label), present.place());
    strays = 0;
  }

  /** Another candidate altogether may be meant by the rules now: its reports are forgotten, too. */
  synchronized void restart(Instant since) {
    present = new EvidenceWindow(since, present.version(), present.place());
  }

  /** Where the window belongs that was begun before anybody knew. */
  synchronized void place(EvidencePlace first) {
    present.place(first);
  }

  /** The route is in another stage now. The candidate is the same, and so is what it is tested. */
  synchronized void nextStep(Instant since, EvidencePlace place) {
    EvidenceWindow next = new EvidenceWindow(since, present.version(), Optional.of(place));
    present.contracts().ifPresent(next::contract);
    present = next;
  }
}
