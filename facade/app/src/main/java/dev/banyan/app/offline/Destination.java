package dev.banyan.app.offline;

import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.Side;
import dev.banyan.rules.Upstream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where requests are sent again. */
sealed interface Destination {

  /** One base URL for all. */
  record Url(URI uri) implements Destination {}

  /** Whatever upstream this side of the request's route has. */
  record OfRoute(Side side, Map<String, Upstream> upstreams) implements Destination {}

  /**
   * @param word a base URL; with rules also {@code legacy}, {@code migrated}, or an upstream's name
   */
  static Destination of(String word, Optional<RuleSet> rules) throws WrongUsage {
    if (rules.isPresent()) {
      Map<String, Upstream> upstreams = rules.get().upstreams();
      for (Side side : Side.values()) {
        if (side.word().equals(word)) {
          return new OfRoute(side, upstreams);
        }
      }
      Upstream named = upstreams.get(word);
      if (named != null) {
        return new Url(named.urls().getFirst());
      }
    }
    Optional<URI> url = baseUrl(word);
    if (url.isPresent()) {
      return new Url(url.get());
    }
    throw new WrongUsage(
        "--against: "
            + word
            + " (expected: "
            + (rules.isPresent() ? "legacy, migrated, the name of an upstream, or " : "")
            + "a base URL such as http://127.0.0.1:5000)");
  }

  /** Of http or https, with a host; empty for anything else. */
  static Optional<URI> baseUrl(String word) {
    try {
      URI uri = new URI(word);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return scheme.matches("https?") && uri.getHost() != null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException notOne) {
      return Optional.empty();
    }
  }

  /** Its base URL for a request of this route; empty where the route has no such side. */
  default Optional<URI> baseFor(Optional<Route> route) {
    return switch (this) {
      case Url(URI uri) -> Optional.of(uri);
      case OfRoute(Side side, Map<String, Upstream> upstreams) ->
          route
              .flatMap(one -> upstream(one, side))
              .flatMap(name -> Optional.ofNullable(upstreams.get(name)))
              .map(upstream -> upstream.urls().getFirst());
    };
  }

  private static Optional<String> upstream(Route route, Side side) {
    if (!(route.target() instanceof RouteTarget.Forward forward)) {
      return Optional.empty();
    }
    return switch (side) {
      case LEGACY -> Optional.of(forward.legacy());
      case MIGRATED -> forward.migrated();
    };
  }
}
