package dev.banyan.proxy;

import dev.banyan.rules.Decision;
import dev.banyan.rules.RequestHead;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.Upstream;
import java.util.Set;

/** A compiled table. */
record TableDecider(RoutingTable table) implements Decider {
  @Override
  public Decision decide(RequestHead head, long ticket) {
    return table.decide(head, ticket);
  }

  @Override
  public Set<Upstream> upstreams() {
    return Set.copyOf(table.rules().upstreams().values());
  }
}
