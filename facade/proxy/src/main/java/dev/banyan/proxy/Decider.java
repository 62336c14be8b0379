package dev.banyan.proxy;

import dev.banyan.rules.Decision;
import dev.banyan.rules.RequestHead;
import dev.banyan.rules.Upstream;
import java.util.Set;

/** One snapshot of the routing table, as the handler sees it. */
@FunctionalInterface
interface Decider {
  Decision decide(RequestHead head, long ticket);

  /** The upstreams that a decision can name, as far as they are known before. */
  default Set<Upstream> upstreams() {
    return Set.of();
  }
}
