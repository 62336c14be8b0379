package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Outgoing;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The body of a request on its way to the upstream, no faster than the upstream takes it. */
final class Upload {
  /** Bytes of a body nobody wants any more that are read, so that the client reads its answer. */
  private static final long DRAINED = 256 * 1024;

  private final HttpServerRequest request;
  private final long length;
  private final @Nullable BodyTee tee;
  private final Runnable moved;
  private long received;
  private boolean flows;
  private boolean sent;
  private boolean held;

  /**
   * @param length what Content-Length says, or -1
   * @param moved called whenever bytes went on
   */
  private Upload(HttpServerRequest request, long length, @Nullable BodyTee tee, Runnable moved) {
    this.request = request;
    this.length = length;
    this.tee = tee;
    this.moved = moved;
    request.pause();
  }

  /** The request's body; null where it has none. */
  static @Nullable Upload of(HttpServerRequest request, @Nullable Capture capture, Runnable moved) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean none =
        Http2.speaks(request)
            ? Http2.endsWithHead(request)
            : !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                && (length == null || length.equals("0"));
    if (none) {
      return null;
    }
    BodyTee tee = capture == null ? null : capture.requestTee();
    // The gate lets no request pass that has both a length and a coding.
    return new Upload(request, length == null ? -1 : Long.parseLong(length), tee, moved);
  }

  void into(Outgoing upstream) {
    if (length < 0) {
      upstream.chunked();
    }
    request.handler(chunk -> chunk(upstream, chunk));
    request.endHandler(
        v -> {
          if (!sent) {
            sentAll();
            moved.run();
            upstream.end();
          }
        });
    if (request.headers().contains(HttpHeaders.EXPECT)) {
      // A client that waits for 100 Continue sends no byte before.
      upstream.sendHead();
    }
    flows = true;
    request.resume();
  }

  private void chunk(Outgoing upstream, Buffer chunk) {
    if (tee != null) {
      tee.take(chunk);
    }
    moved.run();
    received += chunk.length();
    if (received == length) {
      sentAll();
      upstream.end(chunk);
      return;
    }
    upstream.write(chunk);
    if (upstream.isFull()) {
      held = true;
      request.pause();
      upstream.whenDrained(
          () -> {
            held = false;
            moved.run();
            request.resume();
          });
    }
  }

  private void sentAll() {
    sent = true;
    if (tee != null) {
      tee.end();
    }
  }

  /** Bytes that came. */
  long received() {
    return received;
  }

  boolean sentWhole() {
    return sent;
  }

  /** Whether it is the client that everybody waits for. */
  boolean waitsForClient() {
    return flows && !sent && !held;
  }

  /** Reads what still comes and throws it away, up to a bound; then the connection goes. */
  void discard() {
    if (request.isEnded()) {
      return;
    }
    long[] rest = {DRAINED};
    held = false;
    if (tee != null) {
      tee.cut();
    }
    request.endHandler(v -> flows = false);
    request.handler(
        chunk -> {
          received += chunk.length();
          rest[0] -= chunk.length();
          if (rest[0] < 0 && !request.response().reset(Http2.NO_ERROR)) {
            // Over HTTP/1 the edge lets the client read its answer before it goes.
            request.connection().close();
          }
        });
    request.resume();
  }
}
