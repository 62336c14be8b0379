package dev.banyan.proxy.outgoing;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.VertxHandler;

/** Between vertx-core's buffers and Netty's, without a copy more than is needed. */
@SuppressWarnings("deprecation") // vertx-core 5 has the same two elsewhere
final class Bytes {
  private Bytes() {}

  /** What a buffer holds, to be read; stays valid as long as anybody knows it. */
  static ByteBuf of(Buffer buffer) {
    return buffer.getByteBuf();
  }

  /**
   * A copy on the heap, as vertx-core makes them, which may be kept and written.
   *
   * @param content stays the caller's to release
   */
  static Buffer copy(ByteBuf content) {
    return Buffer.buffer(VertxHandler.safeBuffer(content.retain()));
  }
}
