package dev.banyan.parity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes two differences of a route the same finding: the place, the kind and what it looks
 * like, whatever the values.
 *
 * @param location as {@link Difference#location}
 * @param diagnosis the diagnosis's name; empty where it looks like nothing known
 */
public record Signature(String location, Difference.Kind kind, String diagnosis) {
  private static final int ID_CHARS = 12;

  public static Signature of(Difference difference) {
    return new Signature(difference.location(), difference.kind(), difference.diagnosis().name());
  }

  /** SHA-256 of the three, 64 hex digits. */
  public String digest() {
    // The kind comes first: it is the one part that cannot hold the separator.
    String whole = kind.word() + ' ' + diagnosis + ' ' + location;
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(whole.getBytes(StandardCharsets.UTF_16BE)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** What people call it by: the first digits of the digest. */
  public String id() {
    return digest().substring(0, ID_CHARS);
  }
}
