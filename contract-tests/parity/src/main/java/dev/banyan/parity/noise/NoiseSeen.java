package dev.banyan.parity.noise;

import dev.banyan.parity.Varying;
import java.util.HashSet;
import java.util.Set;

/** Accepts what is noise in one comparison, and remembers where. For one thread. */
public final class NoiseSeen implements Varying {
  private final Set<String> known;
  private final Set<String> accepted = new HashSet<>();

  NoiseSeen(Set<String> known) {
    this.known = known;
  }

  @Override
  public boolean accepts(String location, String control, String candidate) {
    if (!known.contains(location) || !ValueForm.same(control, candidate)) {
      return false;
    }
    accepted.add(location);
    return true;
  }

  @Override
  public boolean looksAt(String location) {
    return known.contains(location);
  }

  /** Where it accepted another value. */
  public Set<String> accepted() {
    return Set.copyOf(accepted);
  }
}
