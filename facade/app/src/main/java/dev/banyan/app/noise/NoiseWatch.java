package dev.banyan.app.noise;

import dev.banyan.migration.Evidence;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.noise.KnownNoise;
import dev.banyan.parity.noise.NoiseSeen;
import dev.banyan.parity.noise.NoiseWindow;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What varies by itself, by route; only of routes whose rule asks for it. Knowledge holds for the
 * rule, profile and upstreams under which it was won, and ends with the process.
 *
 * <p>When other places become noise, or are no longer, the route's evidence begins anew, as with
 * another profile: what was counted by another comparison is no evidence for this one.
 */
@Singleton
public class NoiseWatch {
  private static final System.Logger LOG = System.getLogger(NoiseWatch.class.getName());

  private final EvidenceWindows evidence;
  private final InstantSource clock;
  private final ConcurrentMap<String, Watched> routes = new ConcurrentHashMap<>();

  NoiseWatch(EvidenceWindows evidence, InstantSource clock) {
    this.evidence = evidence;
    this.clock = clock;
  }

  /** One route's window, and what was not sent again or not compared, by reason. */
  private record Watched(NoiseWindow window, ConcurrentMap<String, LongAdder> dropped) {
    Watched() {
      this(new NoiseWindow(), new ConcurrentHashMap<>());
    }
  }

  /**
   * All that is known of one route.
   *
   * @param dropped repeats that were not sent or not compared, by reason
   */
  public record Known(NoiseWindow.Report report, Map<String, Long> dropped) {}

  /** What the next comparison of this route is told. */
  public NoiseSeen look(Route route) {
    Watched watched = isWanted(route) ? routes.get(route.id()) : null;
    return (watched == null ? KnownNoise.NOTHING : watched.window().known()).look();
  }

  /** Control and candidate were compared. */
  public void compared(Route route, Comparison comparison, NoiseSeen seen) {
    if (isWanted(route)) {
      NoiseWindow window = watched(route.id()).window();
      KnownNoise before = window.known();
      window.candidate(comparison, seen);
      begin(route.id(), before, window.known());
    }
  }

  /** Two answers of legacy were compared. */
  public void compared(Route route, Comparison again) {
    if (isWanted(route)) {
      NoiseWindow window = watched(route.id()).window();
      KnownNoise before = window.known();
      window.baseline(again);
      begin(route.id(), before, window.known());
    }
  }

  private void begin(String routeId, KnownNoise before, KnownNoise now) {
    if (before.equals(now)) {
      return;
    }
    Optional<Evidence.ContractSummary> contract = evidence.snapshot(routeId).contracts();
    evidence.restart(routeId, clock.instant());
    contract.ifPresent(report -> evidence.contract(routeId, report));
    LOG.log(
        System.Logger.Level.INFO,
        "noise known anew, evidence begins again: routeId="
            + routeId
            + " places="
            + now.locations().size());
  }

  /** Cheap enough for event loops. */
  public void dropped(String routeId, String reason) {
    watched(routeId).dropped().computeIfAbsent(reason, r -> new LongAdder()).increment();
  }

  /** None where the route's rule does not ask for it. */
  public Optional<Known> of(Route route) {
    if (!isWanted(route)) {
      return Optional.empty();
    }
    @Nullable Watched found = routes.get(route.id());
    Watched watched = found == null ? new Watched() : found;
    Map<String, Long> dropped = new TreeMap<>();
    watched.dropped().forEach((reason, count) -> dropped.put(reason, count.sum()));
    return Optional.of(new Known(watched.window().report(), dropped));
  }

  /** Begins anew. */
  public void forget(String routeId) {
    routes.remove(routeId);
  }

  public void keepOnly(Set<String> routeIds) {
    routes.keySet().retainAll(routeIds);
  }

  private static boolean isWanted(Route route) {
    return route.target() instanceof RouteTarget.Forward forward && forward.noise().isPresent();
  }

  private Watched watched(String routeId) {
    Watched known = routes.get(routeId);
    return known != null ? known : routes.computeIfAbsent(routeId, unseen -> new Watched());
  }
}
