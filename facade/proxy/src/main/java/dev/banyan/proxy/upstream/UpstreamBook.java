package dev.banyan.proxy.upstream;

import dev.banyan.rules.Upstream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** The state of every upstream that is in use, by value: a changed rule begins anew. */
public final class UpstreamBook {
  private static final Duration FORGET_AFTER = Duration.ofMinutes(2);

  private final long forgetNanos;
  private final ConcurrentMap<Upstream, UpstreamState> states = new ConcurrentHashMap<>();

  public UpstreamBook() {
    this(FORGET_AFTER);
  }

  /**
   * A book.
   *
   * @param forgetAfter how long what nobody asks for is kept
   */
  public UpstreamBook(Duration forgetAfter) {
    forgetNanos = forgetAfter.toNanos();
  }

  public UpstreamState of(Upstream upstream) {
    UpstreamState state = states.computeIfAbsent(upstream, UpstreamState::new);
    state.seen(System.nanoTime());
    return state;
  }

  /** Forgets what nobody has asked for in a while. */
  public void sweep() {
    long now = System.nanoTime();
    states.values().removeIf(state -> state.unseenFor(forgetNanos, now));
  }

  public Collection<UpstreamState> states() {
    return states.values();
  }

  /** Of all that are in use; one that was changed and the one it was may both be. */
  public List<UpstreamView> views() {
    return states.values().stream().map(UpstreamState::view).toList();
  }

  /**
   * Of those of these that are in use. What is left of earlier rules goes unseen, so that a name is
   * seen once.
   */
  public List<UpstreamView> views(Collection<Upstream> present) {
    return present.stream().flatMap(this::known).map(UpstreamState::view).toList();
  }

  private Stream<UpstreamState> known(Upstream upstream) {
    return Stream.ofNullable(states.get(upstream));
  }
}
