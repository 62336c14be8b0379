package dev.banyan.contracts;

import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What one route's legacy side was seen to answer.
 *
 * @param routeId the route it was recorded on
 * @param profile name of the comparison profile it is verified with
 * @param recordedAt when recording ended
 */
public record Contract(
    String routeId, String profile, Instant recordedAt, List<Interaction> interactions) {
  public Contract {
    interactions = List.copyOf(interactions);
  }

  /**
   * One request and what must come back.
   *
   * @param name unique in the contract, made from method and target
   * @param volatileAt locations whose values change from call to call: presence and type must hold,
   *     the value need not
   * @param maskedAt locations where pseudonyms stand for private values, which is checked likewise;
   *     and {@link #MASKED_REQUEST} where the request has some
   */
  public record Interaction(
      String name,
      RequestCopy request,
      Observation.Answered expected,
      Set<String> volatileAt,
      Set<String> maskedAt) {
    /** Body or headers of the request have pseudonyms in them. */
    public static final String MASKED_REQUEST = "request";

    public Interaction {
      volatileAt = Set.copyOf(volatileAt);
      maskedAt = Set.copyOf(maskedAt);
    }

    /** With nothing masked. */
    public Interaction(
        String name, RequestCopy request, Observation.Answered expected, Set<String> volatileAt) {
      this(name, request, expected, volatileAt, Set.of());
    }
  }
}
