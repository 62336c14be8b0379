package dev.banyan.migration;

import dev.banyan.rules.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Four eyes on one flip forward: {@code asked → given → spent}. Bound to the exact change, given by
 * another person than the one who asked, and good for a while and for one flip. Rollbacks need
 * none. Pure.
 */
public sealed interface Approval {

  /**
   * The hash of a change: whoever approves, approves of this route's way from this stage to that
   * one, under these rules, for this candidate version, at this place in the ledger. If any of it
   * changes meanwhile, it is another change.
   */
  static String hash(
      String routeId,
      Stage from,
      Stage to,
      String rulesDigest,
      Optional<String> version,
      long revision) {
    return new FieldHash()
        .add("banyan-change-1")
        .add(routeId)
        .add(from.text())
        .add(to.text())
        .add(rulesDigest)
        .add(version)
        .add(revision)
        .hex();
  }

  /**
   * Somebody asks for it.
   *
   * @param change its {@link #hash}
   */
  static Asked ask(String change, String who, Instant now, Duration goodFor) {
    return new Asked(change, who, now.plus(goodFor));
  }

  /** The change that it is about. */
  String change();

  /** What a person's yes comes to. */
  sealed interface Answer {
    /** It is given. */
    record Yes(Given approval) implements Answer {}

    /** It does not count. */
    record Refused(String reason) implements Answer {}
  }

  /** Nobody has said yes. */
  record Asked(String change, String by, Instant expires) implements Approval {
    /** The same name in other letters is the same person. */
    public Answer approve(String seen, String who, Instant now) {
      if (!now.isBefore(expires)) {
        return new Answer.Refused("approval: expired at " + expires + " (expected: ask again)");
      }
      if (who.isBlank() || who.strip().equalsIgnoreCase(by.strip())) {
        return new Answer.Refused(
            "approver: " + who + " (expected: another person than " + by + ", who asked)");
      }
      if (!seen.equals(change)) {
        return new Answer.Refused(
            "change: " + seen + " (expected: " + change + ", the one that was asked for)");
      }
      return new Answer.Yes(new Given(change, by, who, expires));
    }
  }

  /** A second person has said yes. */
  record Given(String change, String by, String approver, Instant expires) implements Approval {
    /** Why it does not cover this change now; none where it does. */
    public Optional<String> against(String wanted, Instant now) {
      if (!now.isBefore(expires)) {
        return Optional.of("approval: expired at " + expires + " (expected: ask again)");
      }
      return wanted.equals(change)
          ? Optional.empty()
          : Optional.of(
              "approval: of change " + change + " (expected: of " + wanted + "; ask again)");
    }

    /** It is good for one flip. */
    public Spent spend(Instant now) {
      return new Spent(change, by, approver, now);
    }
  }

  /** It was used. */
  record Spent(String change, String by, String approver, Instant at) implements Approval {}
}
