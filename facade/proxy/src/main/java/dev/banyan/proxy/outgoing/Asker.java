package dev.banyan.proxy.outgoing;

import dev.banyan.proxy.upstream.Loss;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * Who sends a request and hears what comes of it. Each time that it asks it hears {@link #placed}
 * or {@link #unreached}; what was placed ends with {@link #whole} or {@link #lost}, and nothing is
 * told after that or after {@link Outgoing#cut}.
 */
public interface Asker {
  /** It has its place on a connection: to be sent, or given back. */
  void placed(Outgoing request);

  /** There was no connection to send it on. */
  void unreached(Throwable cause);

  /** 100: the body is waited for. */
  void goOn();

  /** 103. */
  void hint(MultiMap headers);

  /** The head of the final answer, or of 101. */
  void answered(Answer answer);

  /** A part of the answer's body. */
  void chunk(Buffer chunk);

  /** The answer has ended as it should. */
  void whole(MultiMap trailers);

  /**
   * Its connection or stream ended, or what came is no answer.
   *
   * @param loss what is known of it, where no answer had begun
   */
  void lost(Throwable cause, Loss loss);
}
