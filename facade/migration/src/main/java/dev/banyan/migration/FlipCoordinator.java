package dev.banyan.migration;

import dev.banyan.rules.RoutingTable;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one door through which stages change.
 *
 * <ol>
 *   <li>plan: is the step allowed?
 *   <li>judge: does the gate agree? (a rollback needs none)
 *   <li>append: durable before visible
 *   <li>swap: one reference
 * </ol>
 */
public final class FlipCoordinator {
  private final Ledger ledger;
  private final TableHolder tables;
  private final Function<String, Evidence> evidence;
  private final Consumer<RoutingTable> swapped;

  /**
   * @param evidence the present evidence of a route
   * @param swapped told after each swap (the last table is kept on disk)
   */
  public FlipCoordinator(
      Ledger ledger,
      TableHolder tables,
      Function<String, Evidence> evidence,
      Consumer<RoutingTable> swapped) {
    this.ledger = ledger;
    this.tables = tables;
    this.evidence = evidence;
    this.swapped = swapped;
  }

  /** Flips forward, or back if the wanted stage is {@code legacy}. */
  public FlipResult flip(FlipCommand command) {
    throw new UnsupportedOperationException(
        command.routeId() + ledger + tables.get().revision() + evidence + swapped);
  }
}
