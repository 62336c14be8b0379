package dev.banyan.contracts;

import dev.banyan.parity.Body;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Finds credentials outside of headers, by the names they go by. An exchange that has one is not
 * recorded at all: with the secret taken out it could not be sent again.
 */
final class Secrets {
  private static final String NAMES =
      "access_?token|id_?token|refresh_?token|client_?secret|api_?key|password|passwd|pwd";

  /** {@code password=}, as in a query, a fragment or a form. */
  private static final Pattern PARAMETER =
      Pattern.compile("(?:^|[?&;#])[\\w.$%-]{0,80}?(?:" + NAMES + ")=", Pattern.CASE_INSENSITIVE);

  /** {@code "password":} with a text or a number, in either quotes. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "[\"'][\\w.-]{0,80}?(?:" + NAMES + ")[\"']\\s{0,20}:\\s{0,20}[\"'\\d]",
          Pattern.CASE_INSENSITIVE);

  /** {@code password: "} without quotes around the name, as in a script. */
  private static final Pattern BARE_MEMBER =
      Pattern.compile(
          "(?<![\\w$])[\\w$]{0,80}?(?:" + NAMES + ")\\s{0,20}:\\s{0,20}[\"'`]",
          Pattern.CASE_INSENSITIVE);

  /** {@code <Password>} with a text in it. */
  private static final Pattern ELEMENT =
      Pattern.compile(
          "<(?:[\\w.-]{1,80}:)?[\\w.-]{0,80}?(?:" + NAMES + ")(?:\\s[^<>]{0,500})?>[^<]",
          Pattern.CASE_INSENSITIVE);

  /** {@code name="password"}, a part of a multipart form. */
  private static final Pattern PART =
      Pattern.compile("name=\"?[\\w.$-]{0,80}?(?:" + NAMES + ")[\"\\s;]", Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  static boolean inTarget(String target) {
    return PARAMETER.matcher(target).find();
  }

  static boolean inRequest(Body.Whole body) {
    String text = text(body);
    return PARAMETER.matcher(text).find() || PART.matcher(text).find() || isInContent(text);
  }

  static boolean inAnswer(Body.Whole body) {
    return isInContent(text(body));
  }

  private static boolean isInContent(String text) {
    return MEMBER.matcher(text).find()
        || BARE_MEMBER.matcher(text).find()
        || ELEMENT.matcher(text).find();
  }

  /** One char per byte: the names are ASCII. */
  private static String text(Body.Whole body) {
    return new String(body.bytes(), StandardCharsets.ISO_8859_1);
  }
}
