package dev.banyan.rules;

import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * What clients' sides are drawn with. All replicas must have the same, or one client would be on
 * one side here and on the other there.
 *
 * @param secret signs Banyan's own cookie; without one no such cookie is set or believed
 * @param ids of each route's present rollout, by route id: another one with each way from {@code
 *     shadow} to {@code canary}, the same through all of its steps. A route without one is drawn by
 *     its own id
 */
public record Rollouts(Optional<SecretKey> secret, Map<String, String> ids) {
  public static final Rollouts NONE = new Rollouts(Optional.empty(), Map.of());

  public Rollouts {
    ids = Map.copyOf(ids);
  }

  String id(String routeId) {
    return ids.getOrDefault(routeId, routeId);
  }
}
