package dev.banyan.app.comparing;

import dev.banyan.migration.BodyShape;
import dev.banyan.migration.RequestShape;
import dev.banyan.migration.Sighting;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.Side;
import java.util.List;
import java.util.Optional;

/**
 * Reads off an exchange what evidence wants besides the answers: the candidate version, which the
 * migrated side's answers name in a header, and the request's shape. Only exchanges that are
 * mirrored count as shapes of the traffic: only they can come to a comparison, and they are a fair
 * sample of the rest.
 */
public final class SightingReader {
  private final String versionHeader;

  /**
   * @param versionHeader in which the migrated side names its version
   */
  public SightingReader(String versionHeader) {
    this.versionHeader = versionHeader;
  }

  Sighting of(ServedExchange exchange) {
    RequestCopy request = exchange.request();
    if (request == null || exchange.decision().mirror() == null) {
      return Sighting.NONE;
    }
    return new Sighting(
        exchange.decision().side() == Side.MIGRATED
            ? version(exchange.control())
            : Optional.empty(),
        List.of(shape(request, exchange.control())));
  }

  Sighting of(Pair pair) {
    Observation migrated =
        pair.decision().side() == Side.MIGRATED ? pair.control() : pair.candidate();
    return new Sighting(version(migrated), List.of(shape(pair.request(), pair.control())));
  }

  /** With the shape of the body, which takes reading it: not for an event loop. */
  Sighting withBody(Pair pair) {
    Sighting seen = of(pair);
    if (!(pair.control() instanceof Observation.Answered answered)) {
      return seen;
    }
    return BodyShape.of(answered.body())
        .map(body -> new Sighting(seen.version(), List.of(seen.shapes().getFirst(), body)))
        .orElse(seen);
  }

  private Optional<String> version(Observation migrated) {
    return migrated instanceof Observation.Answered answered
        ? answered.headers().first(versionHeader)
        : Optional.empty();
  }

  private static String shape(RequestCopy request, Observation control) {
    String target = request.target();
    int query = target.indexOf('?');
    return RequestShape.of(request.method(), query < 0 ? "" : target.substring(query + 1), control);
  }
}
