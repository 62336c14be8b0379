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
   */
  public record Interaction(
      String name, RequestCopy request, Observation.Answered expected, Set<String> volatileAt) {
    public Interaction {
      volatileAt = Set.copyOf(volatileAt);
    }
  }
}
