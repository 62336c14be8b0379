package dev.banyan.proxy;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.proxy.outgoing.Answer;
import dev.banyan.proxy.outgoing.Outgoing;
import io.netty.channel.ChannelOption;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/** An answer on its way to the client, no faster than the client takes it. */
final class Download {
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final @Nullable BodyTee tee;
  private final Runnable moved;
  private long length = -1;
  private long received;
  private boolean held;
  private long heldSince;
  private boolean endsWithConnection;
  private @Nullable Outgoing source;

  Download(HttpServerRequest request, @Nullable BodyTee tee, Runnable moved) {
    this.request = request;
    this.response = request.response();
    this.tee = tee;
    this.moved = moved;
  }

  /** Early hints (103) go on before the head does. */
  void hint(MultiMap hints) {
    if (!response.headWritten()
        && !response.closed()
        && request.version() != HttpVersion.HTTP_1_0) {
      moved.run();
      MultiMap kept = MultiMap.caseInsensitiveMultiMap();
      Heads.toClient(hints, kept);
      response.writeEarlyHints(kept);
    }
  }

  /** Takes the head over. */
  void begin(Answer answer, Outgoing from, boolean closeAfter) {
    source = from;
    head(answer, closeAfter);
  }

  private void head(Answer answer, boolean closeAfter) {
    int status = answer.status();
    response.setStatusCode(status);
    String reason = answer.reason();
    if (!reason.equals(response.getStatusMessage())) {
      // Each one of its own is checked and encoded anew; most are the usual ones.
      response.setStatusMessage(reason);
    }
    Heads.toClient(answer.headers(), response.headers());
    String said = answer.headers().get(HttpHeaders.CONTENT_LENGTH);
    boolean bodiless = status == 204 || status == 304 || HttpMethod.HEAD.equals(request.method());
    if (bodiless) {
      length = 0;
    } else if (said != null) {
      length = Long.parseLong(said);
    } else if (request.version() == HttpVersion.HTTP_1_0) {
      endsWithConnection = true;
    } else {
      response.setChunked(true);
    }
    if (closeAfter && !Http2.speaks(request)) {
      endsWithConnection = true;
    }
    if (endsWithConnection) {
      // After the codec has made up its mind about keep-alive.
      response.headersEndHandler(v -> response.headers().set("Connection", "close"));
    }
  }

  /** Sends the head now, where the body lets itself be waited for. */
  void headNow() {
    if (!response.headWritten() && !response.ended() && !response.closed() && length != 0) {
      response.writeHead();
    }
  }

  /** Takes a part of the body over. */
  void chunk(Buffer chunk) {
    if (tee != null) {
      tee.take(chunk);
    }
    moved.run();
    if (response.closed()) {
      return;
    }
    received += chunk.length();
    if (received == length && !Http2.speaks(request)) {
      response.end(chunk);
      return;
    }
    response.write(chunk);
    if (response.writeQueueFull()) {
      held = true;
      heldSince = System.nanoTime();
      if (source != null) {
        source.pause();
      }
      response.drainHandler(v -> goOn());
    }
  }

  /** The answer has arrived. */
  void end(MultiMap trailers) {
    if (!response.ended() && !response.closed()) {
      if ((response.isChunked() || Http2.speaks(request)) && !trailers.isEmpty()) {
        Heads.toClient(trailers, response.trailers());
      }
      response.end();
    }
    if (endsWithConnection) {
      request.connection().close();
    }
  }

  /** Whether the client has been given all of the answer. */
  boolean handedOver() {
    return response.ended();
  }

  private void goOn() {
    held = false;
    moved.run();
    if (source != null) {
      source.resume();
    }
  }

  /** There is nobody any more who could take it more slowly than it comes. */
  void goOnAlone() {
    if (held) {
      goOn();
    }
  }

  /** Whether it is the client that everybody waits for. */
  boolean waitsForClient() {
    return held;
  }

  /** Whether the client has taken nothing for as long as a reader may be slow. */
  boolean heldTooLong(long now, EdgeLimits limits) {
    return held && limits.minimumRate() > 0 && now - heldSince > limits.readerGraceNanos();
  }

  /** Makes the client see that the answer is not whole. */
  void cut() {
    if (endsWithConnection && request.connection() instanceof ConnectionBase connection) {
      // Where closing means the end, only a reset tells a cut from it.
      connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      connection.close();
      return;
    }
    if (!response.reset(Http2.INTERNAL_ERROR)) {
      request.connection().close();
    }
  }
}
