package dev.banyan.parity.xml;

import dev.banyan.parity.json.NumberValue;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.namespace.NamespaceContext;
import org.jspecify.annotations.Nullable;

/**
 * Values whose writing says nothing: names with a prefix, and what {@code xsi:type} calls a number
 * or a truth value.
 */
final class Lexical {
  private static final String SCHEMA = "{http://www.w3.org/2001/XMLSchema}";
  private static final Set<String> NUMBERS =
      Set.of(
          "decimal",
          "integer",
          "int",
          "long",
          "short",
          "byte",
          "double",
          "float",
          "unsignedInt",
          "unsignedLong",
          "unsignedShort",
          "unsignedByte",
          "nonNegativeInteger");
  private static final Set<String> ENVELOPES =
      Set.of(
          "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d{0,99})(\\.\\d{1,99})?([eE][+-]?\\d{1,9})?");

  private Lexical() {}

  /** Whether an element's text is a name with a prefix: the code of a SOAP fault. */
  static boolean isQualified(XmlNode.Name name) {
    return name.local().equals("faultcode")
        || (name.local().equals("Value") && ENVELOPES.contains(name.namespace()));
  }

  /** The name with its namespace in place of its prefix; as it is where the prefix is unknown. */
  static String qualified(String text, NamespaceContext context) {
    String name = text.strip();
    int colon = name.indexOf(':');
    String prefix = colon < 0 ? "" : name.substring(0, colon);
    String namespace;
    try {
      namespace = context.getNamespaceURI(prefix);
    } catch (IllegalArgumentException none) {
      return name;
    }
    if (namespace == null || namespace.isEmpty()) {
      return name;
    }
    return "{" + namespace + "}" + name.substring(colon + 1);
  }

  /** One writing for all of one value. */
  static String typed(@Nullable String type, String text) {
    if (type == null || !type.startsWith(SCHEMA)) {
      return text;
    }
    String local = type.substring(SCHEMA.length());
    String plain = text.strip();
    if (NUMBERS.contains(local) && NUMBER.matcher(plain).matches()) {
      return NumberValue.of(plain);
    }
    if (local.equals("boolean")) {
      return switch (plain) {
        case "1" -> "true";
        case "0" -> "false";
        default -> plain;
      };
    }
    return text;
  }
}
