package dev.banyan.migration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * SHA-256 over a list of fields.
 *
 * <p>Each field is hashed as {@code LENGTH:TEXT,} with the length in bytes of the UTF-8 text, so
 * that no two different lists are hashed alike: ("ab", "c") is {@code 2:ab,1:c,} and ("a", "bc") is
 * {@code 1:a,2:bc,}. The form is D. J. Bernstein's netstring (1997). An optional field is written
 * as {@code -} where it is absent and with a {@code +} before it where it is there.
 */
final class FieldHash {
  private final MessageDigest sha256;

  FieldHash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("digest: SHA-256 (expected: in every Java platform)", e);
    }
  }

  FieldHash add(String field) {
    byte[] text = field.getBytes(StandardCharsets.UTF_8);
    sha256.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
    sha256.update(text);
    sha256.update((byte) ',');
    return this;
  }

  FieldHash add(long field) {
    return add(Long.toString(field));
  }

  FieldHash add(Optional<String> field) {
    return add(field.map(text -> "+" + text).orElse("-"));
  }

  /** Lower-case hex; ends the hash. */
  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
