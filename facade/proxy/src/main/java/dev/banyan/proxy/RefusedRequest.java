package dev.banyan.proxy;

import dev.banyan.proxy.edge.RefusalReason;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request, or a connection before any, that went no further than the facade.
 *
 * @param status what the client was told; 0 where it was told nothing
 * @param reason one word of {@link RefusalReason}
 * @param routeId the route that refuses, or null where none was chosen
 * @param facts what was asked for, as far as it could be read; null where there was no request
 */
public record RefusedRequest(
    int status, String reason, @Nullable String routeId, @Nullable RequestFacts facts) {
  /** Where there was no request, or nothing of it is of interest. */
  public RefusedRequest(int status, String reason, @Nullable String routeId) {
    this(status, reason, routeId, null);
  }

  static RefusedRequest of(
      HttpServerRequest request, int status, RefusalReason reason, @Nullable String routeId) {
    String target = request.uri();
    return new RefusedRequest(
        status,
        reason.word(),
        routeId,
        target == null ? null : RequestFacts.of(request, target, null));
  }
}
