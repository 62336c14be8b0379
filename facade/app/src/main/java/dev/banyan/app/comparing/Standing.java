package dev.banyan.app.comparing;

import java.util.List;

/** How a signature stands under the rules in force. */
public sealed interface Standing {
  /** As REST and CLI write it. */
  String word();

  /** Nothing accepts it. */
  record Mismatch() implements Standing {
    @Override
    public String word() {
      return "mismatch";
    }
  }

  /**
   * It is accepted.
   *
   * @param by names of the tolerances and rules
   */
  record Tolerated(List<String> by) implements Standing {
    @Override
    public String word() {
      return "tolerated";
    }
  }

  /** It is no difference any more: what it was about is not compared, or in another way. */
  record Matched() implements Standing {
    @Override
    public String word() {
      return "matched";
    }
  }

  /** The rules have changed since, and no exemplar could be compared again. */
  record Stale() implements Standing {
    @Override
    public String word() {
      return "stale";
    }
  }
}
