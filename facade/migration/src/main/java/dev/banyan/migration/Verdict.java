package dev.banyan.migration;

import java.util.List;

/** What a gate says of a route's evidence. "No data" is neither pass nor fail. */
public sealed interface Verdict {

  /** {@code ready}, {@code not-ready} or {@code insufficient}. */
  String word();

  /** Why, one sentence each; empty for {@link Ready}. */
  List<String> reasons();

  /** Everything asked for is shown. */
  record Ready() implements Verdict {
    @Override
    public String word() {
      return "ready";
    }

    @Override
    public List<String> reasons() {
      return List.of();
    }
  }

  /** The evidence speaks against it. */
  record NotReady(List<String> reasons) implements Verdict {
    public NotReady {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String word() {
      return "not-ready";
    }
  }

  /** It cannot be said yet. */
  record Insufficient(List<String> reasons) implements Verdict {
    public Insufficient {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String word() {
      return "insufficient";
    }
  }
}
