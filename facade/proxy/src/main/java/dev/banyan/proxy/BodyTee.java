package dev.banyan.proxy;

import dev.banyan.parity.Body;
import io.vertx.core.buffer.Buffer;
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
  private @Nullable Buffer kept;
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
    if (contentLength != null
        && contentLength.length() < 19
        && !contentLength.isEmpty()
        && contentLength.chars().allMatch(c -> c >= '0' && c <= '9')
        && Long.parseLong(contentLength) > cap) {
      letGo(State.TOO_LARGE);
    }
  }

  void take(Buffer chunk) {
    if (state != State.KEEPING) {
      return;
    }
    int length = chunk.length();
    if (length > cap - held) {
      letGo(State.TOO_LARGE);
    } else if (!budget.hold(length)) {
      letGo(State.NO_ROOM);
    } else {
      held += length;
      if (kept == null) {
        // A copy: behind TLS a chunk may be a part of what the codec goes on reading into.
        kept = Buffer.buffer(length);
      }
      kept.appendBuffer(chunk);
    }
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
      case KEEPING -> kept == null ? Body.EMPTY : new Body.Whole(kept.getBytes());
    };
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
