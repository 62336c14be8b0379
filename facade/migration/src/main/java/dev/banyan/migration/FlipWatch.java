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
import java.util.concurrent.atomic.AtomicReference;
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
  /** A route's step; {@code said} is when its breach was said, if it was. */
  private record Watched(Stage stage, WatchWindow window, AtomicReference<@Nullable Instant> said) {
    Watched(Stage stage, WatchWindow window) {
      this(stage, window, new AtomicReference<>());
    }
  }

  private final String replica;
  private final ConcurrentMap<String, Watched> watched = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, WatchState> states = new ConcurrentHashMap<>();

  /**
   * @param replica the id of this one, by which the others know whose breach it is
   */
  public FlipWatch(String replica) {
    this.replica = replica;
  }

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
   * The breach, if there is one that was not said before: who gets it rolls the route back at once,
   * whatever the other replicas have seen. Of several that look at once, one gets it.
   */
  public Optional<WatchVerdict.Breach> look(String routeId, WatchPolicy policy, Instant now) {
    @Nullable Watched route = watched.get(routeId);
    if (route == null
        || !(new WatchJudge(policy).judge(route.window(), now)
            instanceof WatchVerdict.Breach breach)) {
      return Optional.empty();
    }
    @Nullable Instant before = route.said().get();
    boolean isNew = before == null || state(routeId) instanceof WatchState.Acknowledged;
    if (!isNew || !route.said().compareAndSet(before, now)) {
      return Optional.empty();
    }
    states.compute(
        routeId,
        (id, known) -> {
          // Later than any acknowledgement, by whatever clock that was.
          Instant at =
              known instanceof WatchState.Acknowledged seen && !seen.at().isBefore(now)
                  ? seen.at().plusMillis(1)
                  : now;
          WatchState mine =
              new WatchState.Watching().breached(at, breach.reasons(), policy.coolDown(), replica);
          return known == null ? mine : WatchState.merged(known, mine);
        });
    return Optional.of(breach);
  }

  public WatchState state(String routeId) {
    return states.getOrDefault(routeId, new WatchState.Watching());
  }

  /** Of every route that is not simply watched; to be kept on disk, and told to the others. */
  public Map<String, WatchState> states() {
    return Map.copyOf(states);
  }

  /**
   * What another replica knows, or this one knew before a restart.
   *
   * @return whether any of it was new
   */
  public boolean learn(Map<String, WatchState> told) {
    boolean isNew = false;
    for (Map.Entry<String, WatchState> one : told.entrySet()) {
      WatchState before = state(one.getKey());
      isNew |= !before.equals(states.merge(one.getKey(), one.getValue(), WatchState::merged));
    }
    return isNew;
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
