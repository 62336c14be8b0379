package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Copy;
import dev.banyan.proxy.upstream.Loss;
import io.vertx.core.MultiMap;
import java.util.concurrent.CompletableFuture;

/** A copy of {@code GET /} that keeps what became of it: the status, or why there was none. */
final class SentCopy implements Copy {
  private final CompletableFuture<Integer> outcome = new CompletableFuture<>();
  private final boolean writable;
  private int status;

  SentCopy() {
    this(true);
  }

  private SentCopy(boolean writable) {
    this.writable = writable;
  }

  /** One that fails where it is to be written, as where there is no memory for it. */
  static SentCopy unwritable() {
    return new SentCopy(false);
  }

  CompletableFuture<Integer> outcome() {
    return outcome;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String target() {
    return "/";
  }

  @Override
  public void fields(Fields to) {
    if (!writable) {
      throw new IllegalStateException("no memory");
    }
    to.add("X-Kept", "1");
  }

  @Override
  public byte[] body() {
    return new byte[0];
  }

  @Override
  public boolean isChunked() {
    return false;
  }

  @Override
  public void unreached(Throwable cause) {
    outcome.completeExceptionally(cause);
  }

  @Override
  public void answered(int answerStatus, MultiMap headers) {
    status = answerStatus;
  }

  @Override
  public void chunk(byte[] chunk) {
    // Only the status counts.
  }

  @Override
  public void whole(MultiMap trailers) {
    outcome.complete(status);
  }

  @Override
  public void lost(Throwable cause, Loss loss) {
    outcome.completeExceptionally(cause);
  }
}
