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

  /** The version alone: the request was seen when its client was served. */
  Sighting ofCandidate(Pair pair) {
    return new Sighting(version(pair), List.of());
  }

  /** With the shape of the body, which takes reading it: not for an event loop. */
  Sighting withBody(Pair pair) {
    String request = shape(pair.request(), pair.control());
    Optional<String> body =
        pair.control() instanceof Observation.Answered answered
            ? BodyShape.of(answered.body())
            : Optional.empty();
    return new Sighting(
        version(pair), body.map(shape -> List.of(request, shape)).orElse(List.of(request)));
  }

  private Optional<String> version(Pair pair) {
    return version(pair.decision().side() == Side.MIGRATED ? pair.control() : pair.candidate());
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
