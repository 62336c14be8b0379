package dev.banyan.parity.body;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Content-Type value (RFC 9110, section 8.3), in lower case.
 *
 * @param essence {@code type/subtype}
 * @param parameters by name; where a name is repeated the first one counts
 */
public record MediaType(String essence, Map<String, String> parameters) {
  public MediaType {
    parameters = Map.copyOf(parameters);
  }

  public static Optional<MediaType> parse(String value) {
    List<String> parts = QuotedText.split(value, ';');
    String essence = parts.getFirst().toLowerCase(Locale.ROOT);
    int slash = essence.indexOf('/');
    if (slash <= 0 || slash == essence.length() - 1) {
      return Optional.empty();
    }
    Map<String, String> parameters = new TreeMap<>();
    for (String part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.putIfAbsent(
            part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            QuotedText.unquote(part.substring(equals + 1).strip()).toLowerCase(Locale.ROOT));
      }
    }
    return Optional.of(new MediaType(essence, parameters));
  }

  public boolean isJson() {
    return essence.endsWith("/json") || essence.endsWith("+json");
  }

  public boolean isHtml() {
    return essence.equals("text/html") || essence.equals("application/xhtml+xml");
  }

  public boolean isXml() {
    return (essence.endsWith("/xml") || essence.endsWith("+xml")) && !isHtml();
  }

  /** Made of characters, as far as the type tells. */
  public boolean isText() {
    return essence.startsWith("text/")
        || isJson()
        || essence.endsWith("xml")
        || essence.endsWith("javascript")
        || essence.equals("application/x-www-form-urlencoded");
  }

  /** The charset that is named and that this machine knows. */
  public Optional<Charset> charset() {
    String name = parameters.get("charset");
    if (name == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  /**
   * The same but for what says nothing: JSON is UTF-8 whether or not it says so (RFC 8259), and
   * boundaries are made up, as is the id of the part that a reader starts with (RFC 2387).
   */
  public MediaType withoutDefaults() {
    Map<String, String> rest = new TreeMap<>(parameters);
    if (isJson() && "utf-8".equals(rest.get("charset"))) {
      rest.remove("charset");
    }
    if (essence.startsWith("multipart/")) {
      rest.remove("boundary");
      rest.remove("start");
    }
    return new MediaType(essence, rest);
  }
}
