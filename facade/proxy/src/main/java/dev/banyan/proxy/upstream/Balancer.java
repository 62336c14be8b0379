package dev.banyan.proxy.upstream;

import dev.banyan.rules.HealthPolicy;
import dev.banyan.rules.HealthPolicy.InPanic;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Says which URL takes the next request of one event loop: the less busy of two drawn among those
 * that are well (Mitzenmacher, "The power of two choices"), or the one that a value belongs to
 * (rendezvous hashing, so that a URL that goes moves only its own values).
 */
public final class Balancer {
  private final Endpoint[] all;
  private final Endpoint[] usable;
  private final long panic;
  private final boolean refuses;

  public Balancer(List<Endpoint> endpoints, HealthPolicy policy) {
    all = endpoints.toArray(Endpoint[]::new);
    usable = all.clone();
    panic = policy.panic().basisPoints();
    refuses = policy.inPanic() == InPanic.REFUSE;
  }

  /**
   * The URL for a request, or null where none is to be used.
   *
   * @param together what keeps requests together, or null
   * @param not where the request has just failed: taken only where there is no other
   */
  public @Nullable Endpoint pick(
      @Nullable String together, @Nullable Endpoint not, RandomGenerator random) {
    if (all.length == 1 && !refuses) {
      return all[0];
    }
    int count = without(not, well());
    if (count <= 1) {
      return count == 0 ? null : usable[0];
    }
    return together == null ? lessBusy(count, random) : belonging(together, count);
  }

  private int well() {
    long now = System.nanoTime();
    int count = 0;
    for (Endpoint one : all) {
      if (one.health().isWell(now)) {
        usable[count++] = one;
      }
    }
    if (count * 10_000L >= panic * all.length) {
      return count;
    }
    if (refuses) {
      return 0;
    }
    System.arraycopy(all, 0, usable, 0, all.length);
    return all.length;
  }

  private int without(@Nullable Endpoint not, int count) {
    for (int i = 0; not != null && count > 1 && i < count; i++) {
      if (usable[i] == not) {
        usable[i] = usable[count - 1];
        return count - 1;
      }
    }
    return count;
  }

  private Endpoint lessBusy(int count, RandomGenerator random) {
    int first = random.nextInt(count);
    int second = random.nextInt(count - 1);
    Endpoint one = usable[first];
    Endpoint other = usable[second >= first ? second + 1 : second];
    return other.inFlight() < one.inFlight() ? other : one;
  }

  private Endpoint belonging(String value, int count) {
    long hash = hash(value);
    Endpoint best = usable[0];
    long highest = mix(hash ^ best.seed());
    for (int i = 1; i < count; i++) {
      long weight = mix(hash ^ usable[i].seed());
      if (weight > highest) {
        highest = weight;
        best = usable[i];
      }
    }
    return best;
  }

  /** FNV-1a over the characters. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
