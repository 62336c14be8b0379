package dev.banyan.parity;

import java.util.Arrays;

/** The payload of a request or an answer, after transfer coding, before content coding. */
public sealed interface Body {
  Body EMPTY = new Whole(new byte[0]);

  /**
   * All of it.
   *
   * @param bytes not copied: whoever makes a body gives the array away
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is by content, below
  record Whole(byte[] bytes) implements Body {
    @Override
    public boolean equals(Object other) {
      return other instanceof Whole whole && Arrays.equals(bytes, whole.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Whole[" + bytes.length + " bytes]";
    }
  }

  /**
   * Messages of protobuf as they were read before; nothing is left of their bytes.
   *
   * @param root how their locations begin: {@code messages}, or {@code $} for a single one
   * @param json what was read, as JSON
   * @param type full name of their type; empty where they were read by their tags
   */
  record Messages(String root, String json, String type) implements Body {}

  /**
   * It went over the cap, so nothing of it was kept.
   *
   * @param cap bytes
   */
  record TooLarge(int cap) implements Body {}

  /** Nobody asked for it. */
  record NotKept() implements Body {}
}
