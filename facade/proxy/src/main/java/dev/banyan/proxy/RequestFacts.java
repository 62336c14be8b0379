package dev.banyan.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What logs and spans tell of a request beside its answer; references only, made on the event loop.
 *
 * @param target path and query, raw
 * @param peer who connected
 * @param cause the {@code traceparent} that this one follows: the client's, or the request's that a
 *     copy was made of; null where there is none
 * @param trace the {@code traceparent} that was sent to the upstream; null where nothing was sent
 * @param requestBytes of the body
 * @param answerBytes of the body
 */
public record RequestFacts(
    String method,
    String target,
    @Nullable SocketAddress peer,
    @Nullable String cause,
    @Nullable String trace,
    long requestBytes,
    long answerBytes) {

  static RequestFacts of(HttpServerRequest request, String target, @Nullable MultiMap sent) {
    String came = request.headers().get(FieldNames.TRACEPARENT);
    return new RequestFacts(
        request.method().name(),
        target,
        request.remoteAddress(),
        TraceContext.isValid(came) ? came : null,
        sent == null ? null : sent.get(FieldNames.TRACEPARENT),
        request.bytesRead(),
        request.response().bytesWritten());
  }

  /** The address of who connected; null where it is not known. */
  public @Nullable String client() {
    return peer == null ? null : peer.hostAddress();
  }

  /** The target without its query, which may hold secrets. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
