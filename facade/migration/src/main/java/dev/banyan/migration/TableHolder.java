package dev.banyan.migration;

import dev.banyan.rules.RoutingTable;
import java.util.function.Supplier;

/** The one live reference to the routing table. Reading it is one volatile read. */
public final class TableHolder implements Supplier<RoutingTable> {
  private volatile RoutingTable table;

  public TableHolder(RoutingTable first) {
    table = first;
  }

  @Override
  public RoutingTable get() {
    return table;
  }

  /** Puts the new table in force; requests that are under way end on the old one. */
  public void swap(RoutingTable next) {
    table = next;
  }
}
