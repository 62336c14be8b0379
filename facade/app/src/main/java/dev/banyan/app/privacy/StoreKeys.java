package dev.banyan.app.privacy;

import dev.banyan.app.security.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of stored values: the first one encrypts, every one decrypts. A key that is taken off
 * the end of the list makes unreadable what only it can read.
 */
public final class StoreKeys {
  private static final int BYTES = 32;
  private static final int LONGEST_ID = 32;
  private static final String HMAC = "HmacSHA256";

  private final Map<String, byte[]> byId;
  private final String first;

  private StoreKeys(Map<String, byte[]> byId) {
    this.byId = byId;
    this.first = byId.keySet().iterator().next();
  }

  /**
   * @param written {@code id:base64}, each of 32 bytes; without an id, one is made of the key
   * @throws IllegalArgumentException where one is none; the message does not quote it
   */
  public static StoreKeys of(List<String> written) {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    for (String key : written) {
      int colon = key.indexOf(':');
      byte[] bytes = decode(key.substring(colon + 1).strip());
      String id = colon < 0 ? idOf(bytes) : key.substring(0, colon).strip();
      if (!id.matches("[A-Za-z0-9._-]{1," + LONGEST_ID + "}")) {
        throw new IllegalArgumentException(
            "store key: id "
                + id
                + " (expected: 1 to 32 letters, digits, dots, dashes and underscores)");
      }
      if (keys.putIfAbsent(id, bytes) != null) {
        throw new IllegalArgumentException("store key: id " + id + " twice (expected: once)");
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("store keys: none (expected: id:base64, …)");
    }
    return new StoreKeys(keys);
  }

  /** The configured ones; else the one in the file, which is made where there is none. */
  static StoreKeys configured(Optional<List<String>> keys, SecretFile file) throws IOException {
    if (keys.isPresent() && !keys.get().isEmpty()) {
      return of(keys.get());
    }
    file.provide();
    return of(List.of(file.value()));
  }

  private static byte[] decode(String text) {
    try {
      byte[] bytes =
          Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/').replace("=", ""));
      if (bytes.length == BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException noBase64) {
      // Told below, without the text: it may be a key that lacks a letter.
    }
    throw new IllegalArgumentException("store key: not readable (expected: 32 bytes in base64)");
  }

  private static String idOf(byte[] key) {
    return "k-" + HexFormat.of().formatHex(Arrays.copyOf(derive(key, "id"), 4));
  }

  String first() {
    return first;
  }

  byte @Nullable [] of(String id) {
    return byId.get(id);
  }

  /** 32 bytes for another use: they say nothing about the first key, nor about each other. */
  public byte[] derived(String use) {
    return derive(Objects.requireNonNull(byId.get(first)), use);
  }

  private static byte[] derive(byte[] key, String use) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(("banyan " + use).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
