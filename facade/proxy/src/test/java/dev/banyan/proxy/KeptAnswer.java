package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Answer;
import dev.banyan.proxy.outgoing.Asker;
import dev.banyan.proxy.outgoing.Outgoing;
import dev.banyan.proxy.upstream.Loss;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends a request without a body, and keeps the answer's, or why there was none. */
final class KeptAnswer implements Asker {
  private final CompletableFuture<String> body = new CompletableFuture<>();
  private final Consumer<Outgoing> whenPlaced;
  private final Consumer<Outgoing> whenRead;
  private volatile @Nullable Outgoing request;
  private volatile String read = "";
  private volatile int status;
  private volatile boolean lost;

  /** One that takes all of the answer as it comes. */
  KeptAnswer() {
    this(Outgoing::end, part -> {});
  }

  /**
   * @param whenPlaced what it does with its place
   * @param whenRead what it does at each part of the body
   */
  KeptAnswer(Consumer<Outgoing> whenPlaced, Consumer<Outgoing> whenRead) {
    this.whenPlaced = whenPlaced;
    this.whenRead = whenRead;
  }

  CompletableFuture<String> body() {
    return body;
  }

  /** 0 while no answer has begun. */
  int status() {
    return status;
  }

  /** What came of the body so far. */
  String read() {
    return read;
  }

  Outgoing request() {
    Outgoing placed = request;
    if (placed == null) {
      throw new IllegalStateException("request: none (expected: placed)");
    }
    return placed;
  }

  @Override
  public void placed(Outgoing to) {
    request = to;
    to.begin();
    whenPlaced.accept(to);
  }

  @Override
  public void unreached(Throwable cause) {
    body.completeExceptionally(cause);
  }

  @Override
  public void goOn() {}

  @Override
  public void hint(MultiMap headers) {}

  @Override
  public void answered(Answer answer) {
    status = answer.status();
  }

  @Override
  public void chunk(Buffer chunk) {
    read = read.concat(chunk.toString(StandardCharsets.ISO_8859_1));
    whenRead.accept(request());
  }

  @Override
  public void whole(MultiMap trailers) {
    body.complete(read);
  }

  /** Whether it was lost after something of it may have been sent. */
  boolean isLost() {
    return lost;
  }

  @Override
  public void lost(Throwable cause, Loss loss) {
    lost = true;
    body.completeExceptionally(cause);
  }
}
