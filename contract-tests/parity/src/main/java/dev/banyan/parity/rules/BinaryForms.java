package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The same bytes as base64, as URL-safe base64, or as a list of numbers from 0 to 255. */
final class BinaryForms implements Rule {
  /** One of the two alphabets (RFC 4648), and padding at the end alone. */
  private static final Pattern WRITTEN =
      Pattern.compile("(?:[A-Za-z0-9+/]++|[A-Za-z0-9_-]++)={0,2}+");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    if (!isText(sight.control()) && !isText(sight.candidate())) {
      return null;
    }
    String control = base64(sight.control());
    return control != null && control.equals(base64(sight.candidate()))
        ? Explanation.same(CompareRule.BINARY_FORM)
        : null;
  }

  private static boolean isText(@Nullable Json json) {
    return json instanceof Json.Text;
  }

  /** The bytes in the standard alphabet without padding; null for none, and what is no bytes. */
  private static @Nullable String base64(@Nullable Json json) {
    return switch (json) {
      case Json.Text text -> base64(text.value());
      case Json.Arr arr when !arr.items().isEmpty() -> base64(numbers(arr));
      case null, default -> null;
    };
  }

  /**
   * Only as an encoder writes it: a decoder also takes other texts for the same bytes, as it
   * ignores the last bits, and most words of letters and digits are such texts.
   */
  private static @Nullable String base64(String text) {
    if (text.length() < 2
        || text.length() > Explanations.LONGEST
        || !WRITTEN.matcher(text).matches()) {
      return null;
    }
    String plain = text.replace('-', '+').replace('_', '/').replaceFirst("=+$", "");
    try {
      return plain.equals(base64(Base64.getDecoder().decode(plain))) ? plain : null;
    } catch (IllegalArgumentException other) {
      return null;
    }
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte @Nullable [] numbers(Json.Arr arr) {
    byte[] bytes = new byte[arr.items().size()];
    for (int i = 0; i < bytes.length; i++) {
      if (!(arr.items().get(i) instanceof Json.Num num) || !num.lexeme().matches("\\d{1,3}")) {
        return null;
      }
      int value = Integer.parseInt(num.lexeme());
      if (value > 255) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }
}
