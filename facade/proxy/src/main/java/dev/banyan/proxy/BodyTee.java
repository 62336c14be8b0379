package dev.banyan.proxy;

import dev.banyan.parity.Body;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a body up to a cap. Over the cap, or where the process holds too many bytes already, it
 * lets go of what it has; the live part never notices.
 */
final class BodyTee {
  private enum State {
    KEEPING,
    TOO_LARGE,
    NO_ROOM,
    CUT
  }

  private final int cap;
  private final ShadowBudget budget;
  private State state = State.KEEPING;
  private byte @Nullable [] kept;
  private int held;
  private boolean whole;

  BodyTee(int cap, ShadowBudget budget) {
    this.cap = cap;
    this.budget = budget;
  }

  /**
   * A length that is announced beforehand and over the cap is believed: nothing of the body is read
   * then.
   */
  void announce(@Nullable String contentLength) {
    if (contentLength != null && isOverCap(contentLength)) {
      letGo(State.TOO_LARGE);
    }
  }

  private boolean isOverCap(String length) {
    if (length.isEmpty() || length.length() > 18) {
      return false;
    }
    for (int i = 0; i < length.length(); i++) {
      if (length.charAt(i) < '0' || length.charAt(i) > '9') {
        return false;
      }
    }
    return Long.parseLong(length) > cap;
  }

  void take(Buffer chunk) {
    if (hasRoom(chunk.length())) {
      // A copy: behind TLS a chunk may be a part of what the codec goes on reading into.
      keep(chunk.getBytes());
    }
  }

  /**
   * @param chunk changed by nobody any more
   */
  void take(byte[] chunk) {
    if (hasRoom(chunk.length)) {
      keep(chunk);
    }
  }

  private boolean hasRoom(int length) {
    if (state != State.KEEPING) {
      return false;
    }
    if (length > cap - held) {
      letGo(State.TOO_LARGE);
    } else if (!budget.hold(length)) {
      letGo(State.NO_ROOM);
    } else {
      held += length;
    }
    return state == State.KEEPING;
  }

  /** Most bodies come in one piece, which is kept as it is. */
  private void keep(byte[] chunk) {
    byte[] before = kept;
    int length = held - chunk.length;
    if (before == null || length == 0) {
      kept = chunk;
      return;
    }
    byte[] all = before;
    if (held > before.length) {
      all = Arrays.copyOf(before, Math.max(held, (int) Math.min(cap, 2L * before.length)));
    }
    System.arraycopy(chunk, 0, all, length, chunk.length);
    kept = all;
  }

  boolean tooLarge() {
    return state == State.TOO_LARGE;
  }

  boolean hadNoRoom() {
    return state == State.NO_ROOM;
  }

  /** Nothing more comes. */
  void end() {
    whole = true;
  }

  /** Whether all of the body went by, be it kept or not. */
  boolean isWhole() {
    return whole;
  }

  /** The rest will not go by. */
  void cut() {
    if (!whole) {
      letGo(State.CUT);
    }
  }

  boolean wasCut() {
    return state == State.CUT;
  }

  Body body() {
    return switch (state) {
      case TOO_LARGE -> new Body.TooLarge(cap);
      case NO_ROOM, CUT -> new Body.NotKept();
      case KEEPING -> kept == null ? Body.EMPTY : new Body.Whole(exactly(kept));
    };
  }

  private byte[] exactly(byte[] bytes) {
    return bytes.length == held ? bytes : Arrays.copyOf(bytes, held);
  }

  /** Gives the bytes back to the budget; the tee is done. */
  void release() {
    budget.release(held);
    held = 0;
    kept = null;
  }

  private void letGo(State why) {
    release();
    state = why;
  }
}
