package dev.banyan.app.flipping;

import dev.banyan.app.store.LastTableFile;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.Swapped;
import dev.banyan.migration.WatchPolicy;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RoutingTable;

/**
 * Who is told of each table that comes into force: the evidence and the watch, which begin anew
 * with each step of a route, and the disk, which comes last as it may be slow.
 */
public final class TableNews {
  private final EvidenceWindows evidence;
  private final FlipWatch watch;
  private final LastTableFile lastTable;

  public TableNews(EvidenceWindows evidence, FlipWatch watch, LastTableFile lastTable) {
    this.evidence = evidence;
    this.watch = watch;
    this.lastTable = lastTable;
  }

  /** Throws {@link java.io.UncheckedIOException} if it cannot be kept on disk; all else is done. */
  public void tell(Swapped news) {
    RoutingTable table = news.table();
    evidence.follow(table.stages(), table.revision());
    watch.follow(table.stages(), routeId -> policy(table, routeId));
    lastTable.write(news);
  }

  /** How a route that forwards is watched. */
  static WatchPolicy policy(RoutingTable table, String routeId) {
    return table
        .route(routeId)
        .map(route -> WatchPolicy.of((RouteTarget.Forward) route.target()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "route: " + routeId + " (expected: one of the table)"));
  }
}
