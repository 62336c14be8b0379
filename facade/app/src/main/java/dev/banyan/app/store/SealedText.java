package dev.banyan.app.store;

import dev.banyan.app.privacy.StoreCipher;
import dev.banyan.app.privacy.StoreCipher.Opened;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Texts of a column that are encrypted one by one. */
final class SealedText {
  private final StoreCipher cipher;

  SealedText(StoreCipher cipher) {
    this.cipher = cipher;
  }

  /** What reading came to. */
  sealed interface Read {
    record Text(String text) implements Read {}

    record Unreadable(String reason) implements Read {}
  }

  /** In base64, as the column is a text. */
  String seal(String text, String record) {
    return Base64.getEncoder()
        .encodeToString(cipher.seal(text.getBytes(StandardCharsets.UTF_8), record));
  }

  Read open(String column, String record) {
    try {
      return switch (cipher.open(Base64.getDecoder().decode(column), record)) {
        case Opened.Plain(byte[] bytes) -> new Read.Text(new String(bytes, StandardCharsets.UTF_8));
        case Opened.Unreadable(String reason) -> new Read.Unreadable(reason);
      };
    } catch (IllegalArgumentException noBase64) {
      return new Read.Unreadable("not encrypted by Banyan");
    }
  }
}
