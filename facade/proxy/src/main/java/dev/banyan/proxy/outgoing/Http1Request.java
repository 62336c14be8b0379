package dev.banyan.proxy.outgoing;

import dev.banyan.proxy.upstream.Loss;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Objects;

/** A request over HTTP/1.1 without TLS, whose body and answer come bit by bit. */
final class Http1Request extends Place implements Outgoing {
  private final Asker asker;
  private final String method;
  private final String target;
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private boolean chunked;
  private boolean upgrades;
  private boolean headSent;
  private boolean bodyTaken;

  Http1Request(Http1Pool pool, String method, String target, Asker asker) {
    super(pool);
    this.method = method;
    this.target = target;
    this.asker = asker;
  }

  private Http1Connection connection() {
    return Objects.requireNonNull(on());
  }

  @Override
  boolean isHead() {
    return method.equals("HEAD");
  }

  @Override
  boolean asksToSwitch() {
    return upgrades;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public boolean isHttp2() {
    return false;
  }

  @Override
  public void begin() {}

  @Override
  public void chunked() {
    chunked = true;
  }

  @Override
  public void sendHead() {
    send(Unpooled.EMPTY_BUFFER, false);
  }

  @Override
  public void write(Buffer chunk) {
    if (chunk.length() > 0) {
      send(Bytes.of(chunk), false);
    }
  }

  @Override
  public void end() {
    send(Unpooled.EMPTY_BUFFER, true);
  }

  @Override
  public void end(Buffer last) {
    send(Bytes.of(last), true);
  }

  private void send(ByteBuf body, boolean last) {
    RequestWriter writer = pool().writer();
    boolean first = !headSent;
    headSent = true;
    // Who sends it bit by bit goes on with it, whatever becomes of this part.
    bodyTaken |= body.isReadable() || !last;
    connection()
        .send(
            allocator -> {
              if (first) {
                writer.head(method, target, headers, chunked, last ? body.readableBytes() : 0);
              } else {
                writer.noHead();
              }
              return writer.part(body, chunked, last, allocator);
            },
            last);
  }

  @Override
  public boolean isFull() {
    return !isOver() && !connection().isWritable();
  }

  @Override
  public void whenDrained(Runnable then) {
    connection().whenDrained(then);
  }

  @Override
  public void pause() {
    if (!isOver()) {
      connection().pause();
    }
  }

  @Override
  public void resume() {
    if (!isOver()) { // else the connection may be another's
      connection().resume();
    }
  }

  @Override
  public void upgrade(String protocol) {
    headers.set("Connection", "Upgrade").set("Upgrade", protocol);
    upgrades = true;
    end();
  }

  @Override
  public NetSocket tunnel() {
    return connection().tunnel();
  }

  @Override
  public void whenClosed(Runnable then) {
    connection().whenClosed(then);
  }

  @Override
  public void giveBack() {
    if (finish()) {
      connection().unused();
    }
  }

  @Override
  void placed(Http1Connection connection) {
    asker.placed(this);
  }

  @Override
  void unreached(Throwable cause) {
    asker.unreached(cause);
  }

  @Override
  void unwritten(Throwable cause) {
    if (bodyTaken) {
      asker.lost(cause, Loss.OTHER); // a part of it is gone
    } else {
      asker.unreached(cause);
    }
  }

  @Override
  void interim(HttpResponse head) {
    int status = head.status().code();
    if (status == HttpResponseStatus.CONTINUE.code()) {
      asker.goOn();
    } else if (status == HttpResponseStatus.EARLY_HINTS.code()) {
      asker.hint(fields(head.headers()));
    }
  }

  @Override
  void answered(HttpResponse head) {
    HttpResponseStatus status = head.status();
    asker.answered(new Answer(status.code(), status.reasonPhrase(), fields(head.headers())));
  }

  @Override
  void chunk(ByteBuf content) {
    asker.chunk(Bytes.copy(content));
  }

  @Override
  void whole(HttpHeaders trailers) {
    asker.whole(fields(trailers));
  }

  @Override
  void lost(Throwable cause, Loss loss) {
    asker.lost(cause, loss);
  }
}
