package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Copy;
import dev.banyan.proxy.outgoing.CopyStream;
import dev.banyan.proxy.upstream.Loss;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/** A copy over vertx-core's client, which speaks TLS and HTTP/2. */
final class ClientCopy implements CopyStream {
  private final Copy copy;
  private @Nullable HttpClientRequest request;
  private boolean answered;
  private boolean over;

  ClientCopy(Copy copy) {
    this.copy = copy;
  }

  /** No URL is to be used. */
  static CopyStream nowhere(Copy copy) {
    return new ClientCopy(copy).over(Future.failedFuture(new ConnectException("none is well")));
  }

  /** Goes as soon as it has its place. */
  ClientCopy over(Future<HttpClientRequest> place) {
    place.onComplete(this::opened);
    return this;
  }

  private void opened(AsyncResult<HttpClientRequest> result) {
    if (result.failed()) {
      if (end()) {
        copy.unreached(result.cause());
      }
      return;
    }
    HttpClientRequest to = result.result();
    if (over) {
      EndpointPool.giveBack(to);
      return;
    }
    request = to;
    copy.fields(to.headers()::add);
    if (Http2.isSpokenOn(to.connection())) {
      Http2.headTo(to);
    }
    to.exceptionHandler(e -> lost(to, e));
    to.response().onComplete(came -> answered(to, came));
    byte[] body = copy.body();
    if (copy.isChunked()) {
      to.setChunked(true);
    }
    if (body.length > 0 || copy.isChunked()) {
      to.end(Buffer.buffer(body));
    } else {
      to.end();
    }
  }

  private void answered(HttpClientRequest to, AsyncResult<HttpClientResponse> result) {
    if (over) {
      return;
    }
    if (result.failed()) {
      lost(to, result.cause());
      return;
    }
    HttpClientResponse from = result.result();
    answered = true;
    from.exceptionHandler(e -> lost(to, e));
    from.handler(
        chunk -> {
          if (!over) {
            copy.chunk(chunk.getBytes());
          }
        });
    from.endHandler(
        v -> {
          if (end()) {
            copy.whole(from.trailers());
          }
        });
    copy.answered(from.statusCode(), from.headers());
  }

  private void lost(HttpClientRequest from, Throwable cause) {
    if (end()) {
      copy.lost(cause, answered ? Loss.OTHER : ClientRequest.loss(from, cause));
    }
  }

  /** True for the first who asks: nothing is told twice. */
  private boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  @Override
  public void cut() {
    if (end()) {
      if (request != null) {
        ClientRequest.cut(request);
      }
    }
  }

  @Override
  public void doubt() {
    if (request != null) {
      ClientRequest.doubt(request);
    }
  }
}
