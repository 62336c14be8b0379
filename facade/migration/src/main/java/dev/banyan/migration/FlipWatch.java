package dev.banyan.migration;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Side;
import dev.banyan.rules.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches every route whose migrated side serves clients: canaries and {@code live}. For any
 * thread; time comes in as an argument.
 *
 * <ol>
 *   <li>{@link #follow} begins a window with every step, and ends it with the rollback
 *   <li>{@link #answered} and {@link #compared} fill it
 *   <li>{@link #look} says, once per breach, that legacy must take over
 *   <li>{@link #against} keeps everybody from flipping forward again, until {@link #acknowledge}
 *       and the cool-down
 * </ol>
 */
public final class FlipWatch {
  private record Watched(Stage stage, WatchWindow window) {}

  private final ConcurrentMap<String, Watched> watched = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, WatchState> states = new ConcurrentHashMap<>();

  /**
   * To be told of every table that comes into force. A route whose stage is the same keeps its
   * window; one that is in no canary and not {@code live} is not watched.
   */
  public void follow(Map<String, Stage> stages, WatchPolicies policies) {
    watched.keySet().retainAll(stages.keySet());
    stages.forEach(
        (routeId, stage) -> {
          if (!(stage instanceof Stage.Canary) && !(stage instanceof Stage.Live)) {
            watched.remove(routeId);
            return;
          }
          Watched before = watched.get(routeId);
          if (before == null || !before.stage().equals(stage)) {
            WatchWindow window = new WatchWindow(policies.of(routeId).window());
            watched.put(routeId, new Watched(stage, window));
          }
        });
  }

  /** The policy of a route. */
  @FunctionalInterface
  public interface WatchPolicies {
    WatchPolicy of(String routeId);
  }

  /** A side answered, in whichever role. Of a route that is not watched this says nothing. */
  public void answered(String routeId, Side side, Observation observation, Instant now) {
    @Nullable Watched route = watched.get(routeId);
    if (route != null) {
      route.window().answered(side, observation, now);
    }
  }

  /** A pair was compared. Likewise. */
  public void compared(String routeId, Comparison comparison, Instant now) {
    @Nullable Watched route = watched.get(routeId);
    if (route != null) {
      route.window().compared(comparison, now);
    }
  }

  /** How a route does; none if it is not watched. */
  public Optional<WatchVerdict> verdict(String routeId, WatchPolicy policy, Instant now) {
    return Optional.ofNullable(watched.get(routeId))
        .map(route -> new WatchJudge(policy).judge(route.window(), now));
  }

  /**
   * The breach, if there is one that was not said before: who gets it rolls the route back at once.
   */
  public Optional<WatchVerdict.Breach> look(String routeId, WatchPolicy policy, Instant now) {
    if (verdict(routeId, policy, now).orElse(null) instanceof WatchVerdict.Breach breach) {
      WatchState before = state(routeId);
      WatchState after =
          new WatchState.Watching().breached(now, breach.reasons(), policy.coolDown());
      boolean isNew = !(before instanceof WatchState.Breached);
      return isNew && replace(routeId, before, after) ? Optional.of(breach) : Optional.empty();
    }
    return Optional.empty();
  }

  /** Of several that look at once, one says it. */
  private boolean replace(String routeId, WatchState before, WatchState after) {
    return states.get(routeId) == null
        ? states.putIfAbsent(routeId, after) == null
        : states.replace(routeId, before, after);
  }

  public WatchState state(String routeId) {
    return states.getOrDefault(routeId, new WatchState.Watching());
  }

  /** Of every route that is not simply watched; to be kept on disk. */
  public Map<String, WatchState> states() {
    return Map.copyOf(states);
  }

  /** After a restart, with what {@link #states} said before. */
  public void restore(Map<String, WatchState> before) {
    states.putAll(before);
  }

  /** Why the route must not flip forward now; none where nothing is against it. */
  public Optional<String> against(String routeId, Instant now) {
    return state(routeId).against(now);
  }

  /** A person has looked at the breach; false if there is none to look at. */
  public boolean acknowledge(String routeId, String who, Instant now) {
    return state(routeId) instanceof WatchState.Breached breached
        && states.replace(routeId, breached, breached.acknowledge(who, now));
  }
}
