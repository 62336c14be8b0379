package dev.banyan.proxy;

import dev.banyan.proxy.edge.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * A request, or a connection before any, that went no further than the facade.
 *
 * @param status what the client was told; 0 where it was told nothing
 * @param reason one word of {@link RefusalReason}
 * @param routeId the route that refuses, or null where none was chosen
 */
public record RefusedRequest(int status, String reason, @Nullable String routeId) {
  static RefusedRequest of(int status, RefusalReason reason, @Nullable String routeId) {
    return new RefusedRequest(status, reason.word(), routeId);
  }
}
