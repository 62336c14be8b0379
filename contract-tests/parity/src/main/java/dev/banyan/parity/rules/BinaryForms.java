package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The same bytes as base64, as URL-safe base64, or as a list of numbers from 0 to 255. */
final class BinaryForms implements Rule {
  @Override
  public @Nullable Explanation explain(Sight sight) {
    if (!isText(sight.control()) && !isText(sight.candidate())) {
      return null;
    }
    byte[] control = bytes(sight.control());
    byte[] candidate = control == null ? null : bytes(sight.candidate());
    return control != null && control.length > 0 && Arrays.equals(control, candidate)
        ? Explanation.same(CompareRule.BINARY_FORM)
        : null;
  }

  private static boolean isText(@Nullable Json json) {
    return json instanceof Json.Text;
  }

  private static byte @Nullable [] bytes(@Nullable Json json) {
    return switch (json) {
      case Json.Text text -> base64(text.value());
      case Json.Arr arr -> numbers(arr);
      case null, default -> null;
    };
  }

  private static byte @Nullable [] base64(String text) {
    if (text.length() < 2 || text.length() > Explanations.LONGEST) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isBase64(text.charAt(i))) {
        return null;
      }
    }
    try {
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException other) {
      return null;
    }
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "+/-_=".indexOf(c) >= 0;
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
