package dev.banyan.app.admin;

import dev.banyan.app.noise.NoiseWatch;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.rules.Route;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes views of noise; a place may hold a name that is private, such as an e-mail address. */
@Singleton
class NoiseViews {
  private final NoiseWatch noise;
  private final Privacy privacy;

  NoiseViews(NoiseWatch noise, Privacy privacy) {
    this.noise = noise;
    this.privacy = privacy;
  }

  /** None where the route's rule does not ask for it. */
  Optional<NoiseView> of(Route route) {
    return noise.of(route).map(known -> NoiseView.of(known, privacy.masking()));
  }
}
