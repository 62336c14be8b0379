package dev.banyan.migration;

import java.util.List;

/** How the migrated side does while it serves clients. No traffic is no verdict. */
public sealed interface WatchVerdict {

  /** It is surely worse than it may be. */
  record Breach(List<String> reasons) implements WatchVerdict {
    public Breach {
      reasons = List.copyOf(reasons);
    }
  }

  /** There was enough to see, and nothing wrong with it. */
  record Calm() implements WatchVerdict {}

  /** There was too little to see. */
  record NoTraffic(String reason) implements WatchVerdict {}
}
