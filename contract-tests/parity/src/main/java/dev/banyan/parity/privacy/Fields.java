package dev.banyan.parity.privacy;

import dev.banyan.parity.CookieShape;
import dev.banyan.parity.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Masks header fields. Credentials are masked whole, but for what names them: the scheme of an
 * Authorization, the names of cookies, the attributes of a Set-Cookie.
 */
final class Fields {
  private static final Set<String> SCHEMES =
      Set.of("basic", "bearer", "digest", "negotiate", "ntlm", "apikey", "token", "dpop");
  private static final Set<String> URLS =
      Set.of("location", "content-location", "referer", "origin", "refresh", "link");

  /** What describes the message; a boundary must go on to fit its body. */
  private static final Set<String> FRAMING =
      Set.of("content-type", "content-length", "content-encoding", "date", "transfer-encoding");

  private static final Set<String> COOKIE_ATTRIBUTES =
      Set.of(
          "expires", "max-age", "path", "domain", "samesite", "secure", "httponly", "partitioned");

  private final Contents contents;
  private final Forms forms;

  Fields(Contents contents, Forms forms) {
    this.contents = contents;
    this.forms = forms;
  }

  Headers mask(Headers headers) {
    List<Headers.Field> masked = new ArrayList<>();
    for (Headers.Field field : headers.fields()) {
      masked.add(new Headers.Field(field.name(), value(field.name(), field.value())));
    }
    return new Headers(masked);
  }

  private String value(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("set-cookie")) {
      return setCookie(value);
    }
    if (lower.equals("cookie")) {
      return cookies(value);
    }
    if (contents.names().isPrivateHeader(lower)) {
      int space = value.indexOf(' ');
      boolean scheme =
          lower.endsWith("authorization")
              && space > 0
              && SCHEMES.contains(value.substring(0, space).toLowerCase(Locale.ROOT));
      return scheme ? value.substring(0, space) + whole(value.substring(space)) : whole(value);
    }
    if (FRAMING.contains(lower)) {
      return value;
    }
    return URLS.contains(lower) && (value.indexOf('?') >= 0 || value.indexOf('#') >= 0)
        ? forms.target(value)
        : contents.text(value);
  }

  /** Fields are one char per byte: the pseudonym of a byte stays one. */
  private String whole(String value) {
    return contents.pseudonyms().of(value);
  }

  private String cookies(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (String pair : value.split(";", -1)) {
      out.append(out.isEmpty() ? "" : ";").append(cookie(pair));
    }
    return out.toString();
  }

  private String setCookie(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (String part : value.split(";", -1)) {
      String attribute = part.split("=", 2)[0].strip().toLowerCase(Locale.ROOT);
      boolean first = out.isEmpty();
      out.append(first ? "" : ";")
          .append(
              !first && COOKIE_ATTRIBUTES.contains(attribute)
                  ? attribute(attribute, part)
                  : cookie(part));
    }
    return out.toString();
  }

  /** A path may hold what looks private, or a session. */
  private String attribute(String name, String part) {
    int equals = part.indexOf('=');
    return name.equals("path") && equals > 0
        ? part.substring(0, equals + 1) + forms.target(part.substring(equals + 1))
        : part;
  }

  /** What has no name is a value; legacy systems write semicolons into them. */
  private String cookie(String pair) {
    int equals = pair.indexOf('=');
    if (equals > 0 && pair.substring(equals + 1).equals(CookieShape.MASKED)) {
      return pair;
    }
    return equals <= 0
        ? whole(pair)
        : pair.substring(0, equals + 1) + whole(pair.substring(equals + 1));
  }
}
