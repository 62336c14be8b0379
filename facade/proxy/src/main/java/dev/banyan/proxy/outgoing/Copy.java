package dev.banyan.proxy.outgoing;

import dev.banyan.proxy.upstream.Loss;
import io.vertx.core.MultiMap;

/**
 * One copy: what is sent, and who is told what comes of it. It ends with {@link #unreached}, {@link
 * #lost} or {@link #whole}, and nothing is told after that or after {@link Asked#cut}.
 */
public interface Copy {
  /** Where a copy's fields go. */
  interface Fields {
    void add(String name, String value);
  }

  String method();

  /** Origin-form, as it is sent. */
  String target();

  /** The end-to-end fields, in their order; without Transfer-Encoding. */
  void fields(Fields to);

  /** All of the body; empty where there is none. */
  byte[] body();

  /** Whether the body goes in chunks; else a length is among the fields, or there is no body. */
  boolean isChunked();

  /** There was no connection to send it on. */
  void unreached(Throwable cause);

  /** The head of the final answer. */
  void answered(int status, MultiMap headers);

  /** A part of the answer's body. */
  void chunk(byte[] chunk);

  /** The answer has ended as it should. */
  void whole(MultiMap trailers);

  /**
   * It was sent, and its connection ended, or what came is no answer.
   *
   * @param loss what is known of it, where no answer had begun
   */
  void lost(Throwable cause, Loss loss);
}
