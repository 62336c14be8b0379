package dev.banyan.proxy;

import dev.banyan.rules.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What became of one write that the migrated side was to carry out after legacy.
 *
 * @param reason from a bounded list, such as {@code queue-full}, {@code connect-refused} or {@code
 *     5xx}; what the last try met where there was one
 * @param tries how often it was sent
 * @param key the Idempotency-Key it was sent with; null where it was not sent
 */
public record MirroredWrite(
    Decision.Serve decision,
    String method,
    Outcome outcome,
    String reason,
    int tries,
    @Nullable String key) {

  /** How it ended. */
  public enum Outcome {
    /** The migrated side carried it out. */
    ARRIVED("arrived"),
    /**
     * The migrated side was asked and will not do it: an answer that another try would not mend.
     */
    REFUSED("refused"),
    /** Legacy carried it out, and the migrated side did not, or is not known to have done so. */
    GIVEN_UP("given-up"),
    /** Whether legacy carried it out is not known, so it was not sent. */
    UNKNOWN("unknown");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    /** As metrics and answers have it. */
    public String word() {
      return word;
    }
  }
}
