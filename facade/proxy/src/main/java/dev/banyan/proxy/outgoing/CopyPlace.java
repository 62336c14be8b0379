package dev.banyan.proxy.outgoing;

import dev.banyan.proxy.upstream.Loss;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** A copy's place: all of it is known, and goes at once. */
final class CopyPlace extends Place implements Asked {
  private final Copy copy;

  CopyPlace(Copy copy, Http1Pool pool) {
    super(pool);
    this.copy = copy;
  }

  @Override
  boolean isHead() {
    return copy.method().equals("HEAD");
  }

  @Override
  void placed(Http1Connection connection) {
    connection.send(allocator -> pool().writer().write(copy, allocator), true);
  }

  @Override
  void unreached(Throwable cause) {
    copy.unreached(cause);
  }

  @Override
  void unwritten(Throwable cause) {
    copy.unreached(cause); // all of it is kept
  }

  @Override
  void answered(HttpResponse head) {
    copy.answered(head.status().code(), fields(head.headers()));
  }

  @Override
  void chunk(ByteBuf content) {
    copy.chunk(ByteBufUtil.getBytes(content));
  }

  @Override
  void whole(HttpHeaders trailers) {
    copy.whole(fields(trailers));
  }

  @Override
  void lost(Throwable cause, Loss loss) {
    copy.lost(cause, loss);
  }
}
