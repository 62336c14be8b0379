package dev.banyan.rules;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SipHash-2-4 over the chars of a text, four to a word (J.-P. Aumasson and D. J. Bernstein,
 * "SipHash: a fast short-input PRF", INDOCRYPT 2012). Who does not know the key cannot choose where
 * a text falls. Allocates nothing.
 */
final class KeyedHash {
  private final long key0;
  private final long key1;

  KeyedHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** With the first 16 bytes of the key's SHA-256. */
  static KeyedHash of(String key) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
      return new KeyedHash(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("digest: SHA-256 (expected: in every Java platform)", e);
    }
  }

  /** Of the chars from {@code start} to before {@code end}. */
  long hash(String text, int start, int end) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    int words = (end - start) / 4;
    // The last word holds the rest and the length; then come four rounds with nothing.
    for (int i = 0; i <= words; i++) {
      long word = i < words ? word(text, start + 4 * i, 4) : last(text, start, end);
      v3 ^= word;
      for (int round = 0; round < (i < words ? 2 : 6); round++) {
        if (round == 2) {
          v0 ^= word;
          v2 ^= 0xff;
        }
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      if (i < words) {
        v0 ^= word;
      }
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private static long last(String text, int start, int end) {
    int rest = (end - start) % 4;
    return word(text, end - rest, rest) | (2L * (end - start)) << 56;
  }

  private static long word(String text, int from, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (long) text.charAt(from + i) << (16 * i);
    }
    return word;
  }
}
