package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Answer;
import dev.banyan.proxy.outgoing.Asked;
import dev.banyan.proxy.outgoing.Asker;
import dev.banyan.proxy.outgoing.Copy;
import dev.banyan.proxy.outgoing.Outgoing;
import dev.banyan.proxy.upstream.Loss;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A copy that goes as live requests do: over TLS or HTTP/2. */
final class ClientCopy implements Asked, Asker {
  private final Copy copy;
  private @Nullable Outgoing request;
  private boolean over;

  ClientCopy(Copy copy) {
    this.copy = copy;
  }

  @Override
  public void placed(Outgoing to) {
    if (over) {
      to.giveBack();
      return;
    }
    request = to;
    copy.fields(to.headers()::add);
    to.begin();
    byte[] body = copy.body();
    if (copy.isChunked()) {
      to.chunked();
    }
    if (body.length > 0 || copy.isChunked()) {
      to.end(Buffer.buffer(body));
    } else {
      to.end();
    }
  }

  @Override
  public void unreached(Throwable cause) {
    if (end()) {
      copy.unreached(cause);
    }
  }

  @Override
  public void goOn() {}

  @Override
  public void hint(MultiMap headers) {}

  @Override
  public void answered(Answer answer) {
    copy.answered(answer.status(), answer.headers());
  }

  @Override
  public void chunk(Buffer chunk) {
    copy.chunk(chunk.getBytes());
  }

  @Override
  public void whole(MultiMap trailers) {
    over = true;
    copy.whole(trailers);
  }

  @Override
  public void lost(Throwable cause, Loss loss) {
    over = true;
    copy.lost(cause, loss);
  }

  /** True for the first who asks: nothing is told twice. */
  private boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  @Override
  public void cut() {
    if (end() && request != null) {
      request.cut();
    }
  }

  @Override
  public void doubt() {
    if (request != null) {
      request.doubt();
    }
  }
}
