package dev.banyan.proxy;

import dev.banyan.parity.Body;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Keeps a copy of a body up to a cap; over the cap it lets go of all of it. */
final class BodyTee {
  private final int cap;
  private @Nullable Buffer kept = Buffer.buffer();

  BodyTee(int cap) {
    this.cap = cap;
  }

  void add(Buffer chunk) {
    Buffer present = kept;
    if (present != null) {
      kept = present.length() + chunk.length() > cap ? null : present.appendBuffer(chunk);
    }
  }

  boolean overflowed() {
    return kept == null;
  }

  int size() {
    Buffer present = kept;
    return present == null ? 0 : present.length();
  }

  Body body() {
    Buffer present = kept;
    return present == null ? new Body.TooLarge(cap) : new Body.Whole(present.getBytes());
  }
}
