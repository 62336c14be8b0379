package dev.banyan.app.privacy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts stored values with AES-256-GCM. What is written is a version, the key's id, a nonce and
 * the sealed bytes; it can only be opened as the record that it was sealed as, so nothing can be
 * moved to another one. Immutable, any thread.
 *
 * @see <a href="../../../../../../../../../docs/adr/0014-private-data.md">ADR 0014</a>
 */
public final class StoreCipher {
  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final StoreKeys keys;
  private final SecureRandom random = new SecureRandom();

  public StoreCipher(StoreKeys keys) {
    this.keys = keys;
  }

  /** What opening came to. */
  public sealed interface Opened {
    /** As it was sealed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Plain(byte[] bytes) implements Opened {}

    /**
     * Its key is not here, or these are not the bytes that were sealed as this record.
     *
     * @param reason for people
     */
    record Unreadable(String reason) implements Opened {}
  }

  /**
   * @param record which one it is, such as its table and primary key
   */
  public byte[] seal(byte[] plain, String record) {
    byte[] id = keys.first().getBytes(StandardCharsets.US_ASCII);
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    ByteBuffer head = ByteBuffer.allocate(2 + id.length + NONCE);
    head.put(VERSION).put((byte) id.length).put(id).put(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.first(), head.array(), nonce, record, plain);
      return ByteBuffer.allocate(head.capacity() + sealed.length)
          .put(head.array())
          .put(sealed)
          .array();
    } catch (GeneralSecurityException everyJavaCan) {
      throw new IllegalStateException(everyJavaCan);
    }
  }

  /**
   * @param record as {@link #seal} was told
   */
  public Opened open(byte[] stored, String record) {
    try {
      ByteBuffer in = ByteBuffer.wrap(stored);
      byte version = in.get();
      byte[] id = new byte[in.get()];
      in.get(id);
      byte[] nonce = new byte[NONCE];
      in.get(nonce);
      String key = new String(id, StandardCharsets.US_ASCII);
      if (version != VERSION) {
        return new Opened.Unreadable("stored by another version of Banyan: " + version);
      }
      if (keys.of(key) == null) {
        return new Opened.Unreadable("its key is not configured: " + key);
      }
      byte[] head = new byte[in.position()];
      in.get(0, head);
      byte[] sealed = new byte[in.remaining()];
      in.get(sealed);
      return new Opened.Plain(cipher(Cipher.DECRYPT_MODE, key, head, nonce, record, sealed));
    } catch (BufferUnderflowException | NegativeArraySizeException tooShort) {
      return new Opened.Unreadable("not encrypted by Banyan");
    } catch (GeneralSecurityException changed) {
      return new Opened.Unreadable("changed since it was stored, or of another record");
    }
  }

  private byte[] cipher(
      int mode, String key, byte[] head, byte[] nonce, String record, byte[] bytes)
      throws GeneralSecurityException {
    byte[] secret = keys.of(key);
    if (secret == null) {
      throw new GeneralSecurityException("no such key");
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(head);
    cipher.updateAAD(record.getBytes(StandardCharsets.UTF_8));
    return cipher.doFinal(bytes);
  }
}
