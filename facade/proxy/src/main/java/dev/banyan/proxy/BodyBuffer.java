package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Outgoing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The whole body of a request, read before anything of it is sent. What does not fit into memory
 * goes to a file that has no name any more once it is open, so that nothing of it is left whatever
 * happens.
 */
final class BodyBuffer {
  private static final int IN_MEMORY = 64 * 1024;

  private final HttpServerRequest request;
  private final int cap;
  private final @Nullable BodyTee tee;
  private final FileSystem files;
  private final Runnable whole;
  private final Consumer<ForwardFailure> failed;
  private Buffer memory = Buffer.buffer();
  private @Nullable AsyncFile file;
  private long length;
  private boolean reading;
  private boolean ended;
  private boolean over;
  private boolean sent;

  BodyBuffer(
      HttpServerRequest request,
      int cap,
      @Nullable BodyTee tee,
      FileSystem files,
      Runnable whole,
      Consumer<ForwardFailure> failed) {
    this.request = request;
    this.cap = cap;
    this.tee = tee;
    this.files = files;
    this.whole = whole;
    this.failed = failed;
  }

  /** Reads; then runs {@code whole}, or tells why the body cannot be had. */
  void read() {
    String said = request.getHeader("content-length");
    if (said != null && Long.parseLong(said) > cap) {
      failed.accept(ForwardFailure.BODY_TOO_LARGE);
      return;
    }
    request.handler(this::chunk);
    request.endHandler(v -> end());
    if (request.headers().contains("expect")) {
      request.response().writeContinue();
    }
    resume();
  }

  private void resume() {
    reading = true;
    request.resume();
  }

  private void pause() {
    reading = false;
    request.pause();
  }

  private void chunk(Buffer chunk) {
    if (over) {
      return;
    }
    length += chunk.length();
    if (length > cap) {
      failed.accept(ForwardFailure.BODY_TOO_LARGE);
      return;
    }
    if (tee != null) {
      tee.take(chunk);
    }
    AsyncFile open = file;
    if (open != null) {
      write(open, chunk);
      return;
    }
    memory.appendBuffer(chunk);
    if (memory.length() > IN_MEMORY) {
      pause();
      spill();
    }
  }

  private void spill() {
    files
        .createTempFile("banyan-", ".body")
        .compose(
            path ->
                files.open(
                    path, new OpenOptions().setRead(true).setWrite(true).setDeleteOnClose(true)))
        .onSuccess(this::opened)
        .onFailure(e -> failed.accept(ForwardFailure.BODY_NOT_KEPT));
  }

  private void opened(AsyncFile open) {
    if (over) {
      var _ = open.close();
      return;
    }
    file = open;
    open.exceptionHandler(e -> failed.accept(ForwardFailure.BODY_NOT_KEPT));
    Buffer start = memory;
    memory = Buffer.buffer();
    write(open, start);
    resume();
  }

  private void write(AsyncFile open, Buffer bytes) {
    open.write(bytes).onFailure(e -> failed.accept(ForwardFailure.BODY_NOT_KEPT));
    if (open.writeQueueFull()) {
      pause();
      open.drainHandler(v -> resume());
    }
  }

  private void end() {
    ended = true;
    if (over) {
      return;
    }
    if (tee != null) {
      tee.end();
    }
    AsyncFile open = file;
    if (open == null) {
      whole.run();
    } else {
      open.flush()
          .onSuccess(v -> whole.run())
          .onFailure(e -> failed.accept(ForwardFailure.BODY_NOT_KEPT));
    }
  }

  /** Sends what was read, with its length. */
  void into(Outgoing to) {
    to.headers().set("Content-Length", Long.toString(length));
    AsyncFile open = file;
    if (open == null) {
      sent = true;
      to.end(memory);
      return;
    }
    open.setReadPos(0);
    open.setReadLength(length);
    open.exceptionHandler(e -> failed.accept(ForwardFailure.BODY_NOT_KEPT));
    open.handler(chunk -> onward(chunk, open, to));
    open.endHandler(
        v -> {
          if (!over) {
            sent = true;
            to.end();
          }
        });
  }

  private void onward(Buffer chunk, AsyncFile open, Outgoing to) {
    if (over) {
      return;
    }
    to.write(chunk);
    if (to.isFull()) {
      open.pause();
      to.whenDrained(open::resume);
    }
  }

  /** Whether it can be sent once more after it was begun to be. */
  boolean isInMemory() {
    return file == null;
  }

  /** Whether the client has sent all of it. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether it is the client that everybody waits for. */
  boolean waitsForClient() {
    return reading && !ended && !over;
  }

  /** Bytes that came. */
  long length() {
    return length;
  }

  boolean sentWhole() {
    return sent;
  }

  /** The exchange is over: the file goes. */
  void release() {
    over = true;
    memory = Buffer.buffer();
    AsyncFile open = file;
    if (open != null) {
      file = null;
      Future<Void> closed = open.close();
      closed.onFailure(e -> {});
    }
  }
}
