package dev.banyan.migration;

import dev.banyan.rules.RoutingTable;
import java.util.List;
import java.util.Map;

/**
 * A table that came into force, and what a restart without the ledger needs besides it.
 *
 * @param rolloutIds what places clients among all clients, by route id
 * @param pending rollbacks that the ledger does not know yet
 */
public record Swapped(
    RoutingTable table, Map<String, String> rolloutIds, List<PendingRollback> pending) {
  public Swapped {
    rolloutIds = Map.copyOf(rolloutIds);
    pending = List.copyOf(pending);
  }
}
