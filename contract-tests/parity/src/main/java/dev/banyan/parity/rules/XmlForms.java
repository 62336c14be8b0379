package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.NumberValue;
import dev.banyan.rules.CompareRule;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One number or truth value in two lexical forms of XML Schema, where the document names no type:
 * {@code 1.50} may also be a version, so somebody has to know; and {@code xsi:nil} vs no element.
 */
final class XmlForms implements Rule {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,5})?");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    if (!sight.location().startsWith("/")) {
      return null;
    }
    if (isNilAndNothing(sight.control(), sight.candidate())
        || isNilAndNothing(sight.candidate(), sight.control())) {
      return Explanation.same(CompareRule.XML_NIL_MISSING);
    }
    Sight.Texts texts = sight.texts();
    if (texts == null) {
      return null;
    }
    String control = canonical(texts.control().strip());
    String candidate = canonical(texts.candidate().strip());
    return control != null && control.equals(candidate)
        ? Explanation.same(CompareRule.XML_LEXICAL)
        : null;
  }

  private static boolean isNilAndNothing(@Nullable Json nil, @Nullable Json nothing) {
    return nil == Json.Word.NULL && nothing == null;
  }

  private static @Nullable String canonical(String text) {
    if (NUMBER.matcher(text).matches()) {
      return number(text);
    }
    return switch (text) {
      case "true" -> "1";
      case "false" -> "0";
      default -> null;
    };
  }

  /** A form that JSON allows, then its value. */
  private static String number(String text) {
    String plain =
        text.replaceFirst("^\\+", "")
            .replaceFirst("^(-?)\\.", "$10.")
            .replaceFirst("\\.(?!\\d)", "")
            .replaceFirst("^(-?)0+(?=\\d)", "$1");
    return NumberValue.of(plain);
  }
}
