package dev.banyan.modulekit.idempotency;

import jakarta.enterprise.context.RequestScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** What tells this request from another one. */
@RequestScoped
class IdempotencyRequest {

  private @Nullable String key;
  private String line = "";
  private byte[] body = {};

  /**
   * @param line method and address
   */
  void received(String key, String line) {
    this.key = key;
    this.line = line;
  }

  void read(byte[] body) {
    this.body = body;
  }

  @Nullable String key() {
    return key;
  }

  /** SHA-256 of method, address and body. */
  byte[] digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return digest.digest(body);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
