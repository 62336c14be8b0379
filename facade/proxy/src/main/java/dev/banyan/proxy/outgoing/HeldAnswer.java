package dev.banyan.proxy.outgoing;

import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parts of an answer that had been read from the socket when no more of it was wanted. */
final class HeldAnswer {
  private @Nullable Queue<HttpObject> parts;
  private boolean paused;
  private boolean whole;

  void pause() {
    paused = true;
  }

  boolean isPaused() {
    return paused;
  }

  boolean isEmpty() {
    return parts == null || parts.isEmpty();
  }

  /** Whether the end of the answer is held. */
  boolean isWhole() {
    return whole;
  }

  /** Holds a part, and owns it then; false where it may go on. */
  boolean takes(HttpObject part) {
    if (!paused && isEmpty()) {
      return false;
    }
    Queue<HttpObject> queue = parts;
    if (queue == null) {
      queue = new ArrayDeque<>();
      parts = queue;
    }
    queue.add(part);
    whole |= part instanceof LastHttpContent && part.decoderResult().isSuccess();
    return true;
  }

  /** Hands out what is held until it is to pause once more. */
  void resume(Consumer<HttpObject> to) {
    paused = false;
    Queue<HttpObject> queue = parts;
    while (queue != null && !paused && !queue.isEmpty()) {
      HttpObject next = queue.remove();
      whole &= !(next instanceof LastHttpContent);
      to.accept(next);
    }
  }

  /** Nobody wants any of it. */
  void drop() {
    paused = false;
    whole = false;
    Queue<HttpObject> queue = parts;
    while (queue != null && !queue.isEmpty()) {
      ReferenceCountUtil.release(queue.remove());
    }
  }
}
