package dev.banyan.parity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What of a Set-Cookie field may be compared and shown: its name and its attributes, never its
 * value. Times are reduced to being there at all.
 */
public final class CookieShape {
  /** Stands where a value was. */
  public static final String MASKED = "<masked>";

  private CookieShape() {}

  /** One shape per field, in the order of the names: the order of cookies says nothing. */
  public static List<String> of(List<String> fields) {
    return fields.stream().map(CookieShape::shape).sorted().toList();
  }

  private static String shape(String field) {
    String[] parts = field.split(";", -1);
    String name = parts[0].split("=", 2)[0].strip();
    List<String> attributes = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      attributes.add(attribute(parts[i].strip()));
    }
    Collections.sort(attributes);
    StringBuilder shape = new StringBuilder(name).append('=').append(MASKED);
    for (String attribute : attributes) {
      shape.append("; ").append(attribute);
    }
    return shape.toString();
  }

  private static String attribute(String written) {
    String[] pair = written.split("=", 2);
    String name = pair[0].strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "expires", "max-age" -> name;
      case "path" -> pair.length == 1 ? name : name + "=" + pair[1].strip();
      case "domain", "samesite" ->
          pair.length == 1 ? name : name + "=" + pair[1].strip().toLowerCase(Locale.ROOT);
      case "secure", "httponly", "partitioned" -> name;
      // Legacy systems write semicolons into values: what is no attribute may be part of a secret.
      default -> MASKED;
    };
  }
}
