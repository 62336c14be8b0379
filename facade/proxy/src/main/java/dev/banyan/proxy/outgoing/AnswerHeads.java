package dev.banyan.proxy.outgoing;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/** The heads that come for one request: interim ones, then the final one. */
final class AnswerHeads {
  private static final int MOST_INTERIMS = 1000;

  private int interims;
  private boolean interim;
  private boolean begun;

  void expectFirst() {
    interims = 0;
    interim = false;
    begun = false;
  }

  /** Takes the next one, or says why it cannot be taken. */
  @Nullable DecoderException take(HttpResponse head) {
    int status = head.status().code();
    begun = true;
    interim =
        status >= 100 && status < 200 && status != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    if (!AnswerDecoder.isHttp1(head)) {
      return new DecoderException("version: " + head.protocolVersion() + " (expected: HTTP/1.1)");
    }
    if (interim && ++interims > MOST_INTERIMS) {
      return new DecoderException("interim answers: more than " + MOST_INTERIMS);
    }
    return null;
  }

  /** Whether the last one was an interim one; 101 is none. */
  boolean isInterim() {
    return interim;
  }

  /** Whether any came. */
  boolean hasBegun() {
    return begun;
  }
}
