package dev.banyan.app.seen;

import dev.banyan.app.seen.RouteCounters.Judged;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Budget;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RuleSet;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The budgets of the routes that have one, and how fast they burn. */
@Singleton
public class Budgets {
  private static final Logger LOG = System.getLogger(Budgets.class.getName());

  /** 95 % of the answers are to begin in time, so 5 % may be late. */
  private static final double LATE_ALLOWED = 0.05;

  private final TrafficCounters traffic;
  private final TableKeeper tables;
  private final Map<String, BurnWindows> windows = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("budget-clock").unstarted(work));

  Budgets(TrafficCounters traffic, TableKeeper tables) {
    this.traffic = traffic;
    this.tables = tables;
  }

  /** The windows of the multi-window alerts: 5m with 1h, 30m with 6h. */
  private enum Window {
    M5("5m", 5),
    M30("30m", 30),
    H1("1h", 60),
    H6("6h", 360);

    private final String word;
    private final int minutes;

    Window(String word, int minutes) {
      this.word = word;
      this.minutes = minutes;
    }
  }

  /**
   * How fast one budget burns.
   *
   * @param objective {@code errors} or {@code latency}
   * @param allowed share of the requests that may be bad
   * @param window {@code 5m}, {@code 30m}, {@code 1h} or {@code 6h}
   * @param requests that were asked in the window
   * @param bad ones among them
   * @param rate share of bad ones over the share allowed
   */
  public record Burn(
      String objective, double allowed, String window, long requests, long bad, double rate) {}

  void start(@Observes StartupEvent event) {
    var _ = clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    clock.shutdownNow();
  }

  /** A clock that has thrown once would never tick again. */
  private void tick() {
    try {
      minute();
    } catch (RuntimeException unforeseen) {
      LOG.log(Level.ERROR, "a minute of the budgets was not counted", unforeseen);
    }
  }

  void minute() {
    RuleSet rules = tables.get().rules();
    Set<String> ids = rules.routes().stream().map(Route::id).collect(Collectors.toSet());
    // Also of a route that has no budget any more: one that comes back finds its last hours.
    windows.keySet().retainAll(ids);
    traffic.keepOnly(ids);
    for (String id : byRoute(rules).keySet()) {
      windows.computeIfAbsent(id, unseen -> new BurnWindows());
    }
    windows.forEach(this::minute);
  }

  private void minute(String id, BurnWindows of) {
    RouteCounters counted = traffic.find(id);
    if (counted != null) {
      of.minute(counted.judged());
    }
  }

  /** By route id, of those that have a budget. */
  Map<String, List<Burn>> all() {
    return byRoute(tables.get().rules()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> burns(e.getKey(), e.getValue())));
  }

  /** Of one route; none if it has no budget. */
  public List<Burn> of(Route route) {
    return route.target() instanceof RouteTarget.Forward forward
        ? burns(route.id(), forward.budget())
        : List.of();
  }

  private List<Burn> burns(String id, Budget budget) {
    RouteCounters counted = traffic.find(id);
    Judged now = counted == null ? new Judged(0, 0, 0) : counted.judged();
    BurnWindows seen = windows.getOrDefault(id, new BurnWindows());
    List<Burn> burns = new ArrayList<>();
    for (Window window : Window.values()) {
      Judged last = seen.last(window.minutes, now);
      budget
          .errors()
          .ifPresent(
              share ->
                  burns.add(
                      burn("errors", share.fraction(), window, last.requests(), last.failed())));
      if (budget.p95().isPresent()) {
        burns.add(burn("latency", LATE_ALLOWED, window, last.requests(), last.slow()));
      }
    }
    return burns;
  }

  private static Burn burn(
      String objective, double allowed, Window window, long requests, long bad) {
    return new Burn(
        objective, allowed, window.word, requests, bad, BurnWindows.rate(bad, requests, allowed));
  }

  private static Map<String, Budget> byRoute(RuleSet rules) {
    return rules.routes().stream()
        .filter(route -> route.target() instanceof RouteTarget.Forward)
        .filter(route -> !Budget.NONE.equals(((RouteTarget.Forward) route.target()).budget()))
        .collect(
            Collectors.toMap(Route::id, route -> ((RouteTarget.Forward) route.target()).budget()));
  }
}
