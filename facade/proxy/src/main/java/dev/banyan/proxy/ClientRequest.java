package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Answer;
import dev.banyan.proxy.outgoing.Asker;
import dev.banyan.proxy.outgoing.Outgoing;
import dev.banyan.proxy.upstream.Loss;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.net.NetSocket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request over vertx-core's client, which speaks TLS and HTTP/2. */
final class ClientRequest implements Outgoing {
  private final HttpClientRequest request;
  private final Asker asker;
  private final boolean http2;
  private @Nullable HttpClientResponse answer;
  private boolean over;

  private ClientRequest(HttpClientRequest request, boolean http2, Asker asker) {
    this.request = request;
    this.http2 = http2;
    this.asker = asker;
  }

  /**
   * Tells the asker when the place has come, or why it has not.
   *
   * @param http2 whether HTTP/2 is spoken where the upstream can
   */
  static void ask(Future<HttpClientRequest> place, boolean http2, Asker asker) {
    place.onComplete(
        came -> {
          if (came.succeeded()) {
            HttpClientRequest to = came.result();
            boolean spoken = http2 && Http2.isSpokenOn(to.connection());
            asker.placed(new ClientRequest(to, spoken, asker));
          } else {
            asker.unreached(came.cause());
          }
        });
  }

  @Override
  public MultiMap headers() {
    return request.headers();
  }

  @Override
  public boolean isHttp2() {
    return http2;
  }

  @Override
  public void begin() {
    if (http2) {
      Http2.headTo(request);
    }
    request.exceptionHandler(this::lost);
    request.continueHandler(v -> unlessOver(asker::goOn));
    request.earlyHintsHandler(hints -> unlessOver(() -> asker.hint(hints)));
    request.response().onComplete(this::answered);
  }

  private void unlessOver(Runnable then) {
    if (!over) {
      then.run();
    }
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (result.failed()) {
      lost(result.cause());
      return;
    }
    HttpClientResponse from = result.result();
    from.exceptionHandler(this::lost);
    if (over) {
      return;
    }
    answer = from;
    from.handler(chunk -> unlessOver(() -> asker.chunk(chunk)));
    from.endHandler(v -> whole(from));
    asker.answered(new Answer(from.statusCode(), from.statusMessage(), from.headers()));
  }

  private void whole(HttpClientResponse from) {
    if (finish()) {
      asker.whole(from.trailers());
    }
  }

  private void lost(Throwable cause) {
    boolean answered = answer != null;
    boolean arrived = answered && StreamConnection.hasArrived(request, cause);
    if (!arrived && finish()) {
      asker.lost(cause, answered ? Loss.OTHER : loss(cause));
    }
  }

  /** What is known of a request that ended before its answer began. */
  private Loss loss(Throwable cause) {
    StreamConnection streams = StreamConnection.of(request.connection());
    if (streams != null) {
      return streams.loss(request, cause);
    }
    return AnswerWatch.hasAnswered(request.connection()) ? Loss.KEPT : Loss.OTHER;
  }

  /** True for the first who asks: nothing is told twice. */
  private boolean finish() {
    boolean first = !over;
    over = true;
    return first;
  }

  private HttpClientResponse answer() {
    return Objects.requireNonNull(answer);
  }

  @Override
  public void chunked() {
    request.setChunked(true);
  }

  @Override
  public void sendHead() {
    request.sendHead();
  }

  @Override
  public void write(Buffer chunk) {
    request.write(chunk);
  }

  @Override
  public boolean isFull() {
    return request.writeQueueFull();
  }

  @Override
  public void whenDrained(Runnable then) {
    request.drainHandler(v -> then.run());
  }

  @Override
  public void end() {
    request.end();
  }

  @Override
  public void end(Buffer last) {
    request.end(last);
  }

  @Override
  public void pause() {
    answer().pause();
  }

  @Override
  public void resume() {
    answer().resume();
  }

  @Override
  public void upgrade(String protocol) {
    request.putHeader("Connection", "Upgrade").putHeader("Upgrade", protocol);
    request.connect();
  }

  @Override
  public NetSocket tunnel() {
    NetSocket socket = answer().netSocket();
    socket.pause();
    AnswerWatch.off(request.connection());
    return socket;
  }

  @Override
  public void whenClosed(Runnable then) {
    // A socket of vertx-core's may tell its end twice, the connection tells it once.
    request.connection().closeHandler(v -> then.run());
  }

  @Override
  public void giveBack() {
    over = true;
    EndpointPool.giveBack(request);
  }

  @Override
  public void cut() {
    // Also after a whole answer: the request may not have been sent whole.
    over = true;
    request.reset(Http2.CANCEL);
    if (!http2) {
      request.connection().close();
    }
  }

  @Override
  public void doubt() {
    StreamConnection streams = StreamConnection.of(request.connection());
    if (streams != null) {
      streams.doubt();
    }
  }
}
