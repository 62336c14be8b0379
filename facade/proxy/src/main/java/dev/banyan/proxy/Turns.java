package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Outgoing;
import dev.banyan.proxy.upstream.Loss;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in one exchange, and since when nothing has moved. Who is waited for is who is
 * told of: an upstream is not late while the client pauses, nor the other way round.
 */
final class Turns {
  private final HttpServerRequest request;
  private final @Nullable Upload upload;
  private final Download download;
  private final boolean expects;
  private final boolean outlivesClient;
  private @Nullable BodyBuffer buffered;
  private boolean continued;
  private boolean began;
  private boolean answered;
  private boolean over;
  private long lastMove = System.nanoTime();

  Turns(HttpServerRequest request, @Nullable Capture capture) {
    this.request = request;
    upload = Upload.of(request, capture, this::moved);
    download = new Download(request, capture == null ? null : capture.answerTee(), this::moved);
    expects = upload != null && request.headers().contains(HttpHeaders.EXPECT);
    outlivesClient = capture != null && capture.outlivesClient();
    if (upload == null && capture != null) {
      capture.requestTee().end();
    }
  }

  @Nullable Upload upload() {
    return upload;
  }

  Download download() {
    return download;
  }

  /** The body is read as a whole first. */
  void buffers(@Nullable BodyBuffer buffer) {
    buffered = buffer;
  }

  void moved() {
    lastMove = System.nanoTime();
  }

  /** The head of an answer came. */
  void answered() {
    answered = true;
    moved();
  }

  /** Sends the body, or that there is none. */
  void send(Outgoing to) {
    began = true;
    if (upload == null) {
      to.end();
    } else if (buffered != null) {
      buffered.into(to);
    } else {
      upload.into(to);
    }
  }

  /** The upstream waits for the body. */
  void goOn() {
    HttpServerResponse response = request.response();
    if (expects
        && buffered == null
        && !continued
        && !response.headWritten()
        && !response.closed()) {
      continued = true;
      moved();
      response.writeContinue();
    }
  }

  /**
   * The client left. Whether the answer is read to its end all the same, since what legacy did with
   * a request that it has whole must be known.
   */
  boolean goOnAlone() {
    if (!outlivesClient || !began || !sentWhole()) {
      return false;
    }
    download.goOnAlone();
    return true;
  }

  /** What an error before the answer says of the request; nothing where it cannot be sent again. */
  Loss loss(Loss said) {
    boolean replayable = upload == null || (buffered != null && buffered.isInMemory());
    return said == Loss.UNTAKEN && !replayable ? Loss.OTHER : said;
  }

  /** Whether a client was never told to go on, so that it may or may not send its body. */
  boolean bodyInDoubt() {
    return expects && !continued && !sentWhole();
  }

  boolean sentWhole() {
    return upload == null || (buffered == null ? upload.sentWhole() : buffered.sentWhole());
  }

  /** Whether the next bytes of a body are the client's to send. */
  boolean awaitsBody() {
    if (buffered != null && !buffered.hasEnded()) {
      return buffered.waitsForClient();
    }
    return buffered == null
        && upload != null
        && upload.waitsForClient()
        && !(expects && !continued);
  }

  /** Bytes of a body that came. */
  long bodyBytes() {
    return buffered != null ? buffered.length() : upload == null ? 0 : upload.received();
  }

  /** The answer is whole. */
  void over() {
    over = true;
  }

  /** Whether both sides may be talking in turns: nobody owes the other one anything at once. */
  boolean isConversation() {
    return answered && !over;
  }

  /** Whether it is the client that everybody waits for. */
  boolean isClients() {
    return answered ? download.waitsForClient() : awaitsBody();
  }

  /** Nanoseconds for which it has been the upstream's turn and nothing moved; 0 if it is not. */
  long upstreamLate(long now) {
    if (isClients()) {
      lastMove = now;
      return 0;
    }
    return now - lastMove;
  }
}
