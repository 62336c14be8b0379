package dev.banyan.parity.protobuf;

import dev.banyan.parity.json.Json;
import java.util.HashMap;
import java.util.Map;

/** What the trees of one body may still take: bytes of memory, and levels of nesting. */
public final class Room {
  /** Levels of messages within messages. */
  private static final int MAX_DEPTH = 200;

  /** Bytes that the trees may take, whatever the size of the body. */
  private static final long FREE = 8 << 20;

  /** Bytes that they may take for each of the body's. */
  private static final int PER_BYTE = 10;

  /** Different short texts that are kept once for all their places. */
  private static final int SHARED = 4096;

  private static final int SHORT = 20;
  private static final int TEXT = 72;

  private final Map<String, Json> texts = new HashMap<>();
  private long left;
  private int depth;

  public Room(int bytes) {
    this.left = FREE + PER_BYTE * (long) bytes;
  }

  void take(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw new Exhausted("too-many-values");
    }
  }

  Json text(String text) {
    Json known = text.length() <= SHORT ? texts.get(text) : null;
    if (known != null) {
      return known;
    }
    take(TEXT + text.length());
    Json read = Json.Text.of(text);
    if (text.length() <= SHORT && texts.size() < SHARED) {
      texts.put(text, read);
    }
    return read;
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new Exhausted("too-deep");
    }
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  /** After a message that broke off on whatever level. */
  void backTo(int level) {
    depth = level;
  }

  /** A body that is not looked at any further. */
  public static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String reason;

    Exhausted(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    /** As in {@code Incomparable}. */
    public String reason() {
      return reason;
    }
  }
}
