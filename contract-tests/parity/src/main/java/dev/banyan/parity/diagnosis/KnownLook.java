package dev.banyan.parity.diagnosis;

import java.util.Arrays;
import java.util.Optional;

/**
 * What differences look like that no rule explains, and the change of code that settles each. One
 * constant for each diagnosis, so that none can be given without its cure.
 */
public enum KnownLook {
  BEAN_ACRONYM(
      "capitals in a row are lowered otherwise",
      "name the property in the candidate's serializer: @JsonProperty(\"%s\")"),
  BEAN_PREFIX(
      "the is in front of a name is dropped",
      "name the property in the candidate's serializer: @JsonProperty(\"%s\")"),
  CACHING_DEFAULT(
      "caches are told something else",
      "send the control's Cache-Control: browsers and CDNs act on it"),
  CHARSET(
      "UTF-8 read as Latin-1, or the other way",
      "decode the bytes by the charset they are in: new String(bytes, StandardCharsets.UTF_8)"),
  COLLATION(
      "one side sorts by the rules of a language, the other by code",
      "sort with a Collator of the control's culture, or let the database sort as the control's does"),
  CORS("browsers are told something else", "configure CORS as the control does"),
  CULTURE(
      "a time or date formatted for a culture",
      "format with the control's pattern and culture: DateTimeFormatter.ofPattern(…, locale)"),
  CUT(
      "one is the beginning of the other",
      "look for a length limit: a column, a buffer or a substring of the candidate"),
  ENUM_NUMBER(
      "an enum as number vs as name",
      "write the enum as the control does: @JsonFormat(shape = NUMBER) with the control's numbers,"
          + " or its names"),
  ERROR_SHAPE(
      "another framework's words for an error",
      "map the candidate's errors to the control's shape in one exception handler"),
  HTML_ENCODED(
      "one side is HTML-encoded once more",
      "encode where text is shown, once; keep it plain in data"),
  INPUT_REFUSED(
      "the candidate refuses what the control accepts",
      "accept what the control's binder accepts: names in any case, numbers as text, cultures,"
          + " comments, unknown members"),
  LEGACY_HOST(
      "a host that clients may not reach, or another place at it",
      "send a path alone, or the host that the client asked for (Host, X-Forwarded-Host)"),
  LIMIT("the candidate's size limit is lower", "raise the candidate's limit to the control's"),
  LOGIN_REDIRECT(
      "a redirect to a login page vs a status",
      "answer as the control does, or change the contract together with its clients"),
  LOST_CHAR(
      "a char was replaced by ? or U+FFFD",
      "keep the whole of Unicode: UTF-8 in the candidate's driver, column and response"),
  MEDIA_TYPE(
      "another media type or charset",
      "send the control's Content-Type: @Produces with the same type and charset"),
  MEDIA_TYPE_REFUSED(
      "the control is lenient with Accept or Content-Type",
      "accept the media types that the control accepts"),
  NAME_CASE(
      "another case of names",
      "set the candidate's naming strategy to the control's:"
          + " PropertyNamingStrategies.UPPER_CAMEL_CASE for PascalCase"),
  NULL(
      "null vs a value",
      "look where the value gets lost: a mapping that is missing, or a column of another name"),
  NUMBER_AS_TEXT(
      "a number vs the same number as text",
      "write it as the type that the control writes: clients' types change otherwise"),
  ORDER(
      "the same elements in another order",
      "sort explicitly by what the control sorts by; without ORDER BY no order is promised"),
  OTHER_TIME(
      "another point in time",
      "look whether it is a clock (DateTime.Now): then it varies; else read the same column as the"
          + " control"),
  PRECISION("one side has fewer digits", "keep the control's scale: BigDecimal.setScale"),
  REFUSED_NOT_FAILED(
      "the control fails where the candidate refuses",
      "answer as the control does, or accept it at this place if its clients only ask whether it"
          + " worked"),
  ROUNDING(
      "off by one unit of the last digit: half-unit rounding",
      ".NET rounds halves to even: setScale(n, RoundingMode.HALF_EVEN)"),
  ROUTE_MISSING(
      "the candidate does not know the path",
      "look for another case, a trailing slash or an encoded char in the candidate's path"),
  SERVER_ERROR("the candidate failed", "read the candidate's log at this moment"),
  SHAPE("a list vs something else", "write the shape that the control writes"),
  SIGNED_BYTE("an unsigned byte vs a signed one", "mask the byte: value & 0xFF"),
  STACK_TRACE_LEAK(
      "a stack trace is sent to the client",
      "answer without it: an exception handler that logs the trace and sends the control's words"),
  TEXT_CASE("another case", "write the case of the control"),
  THROUGH_DOUBLE(
      "a large whole number went through a double",
      "keep it a long or a BigInteger on its whole way"),
  TIME_AS_NUMBER(
      "a time as numbers vs as text",
      "switch timestamps off in the serializer: WRITE_DATES_AS_TIMESTAMPS"),
  TRAILING_SLASH(
      "a redirect to the path with or without its trailing slash",
      "serve both paths; a POST does not survive every redirect"),
  TUPLE(
      "a tuple or pair written by its fields",
      "name the members as the control does: @JsonProperty(\"Item1\")"),
  UNSIGNED_WRAP(
      "an unsigned number wrapped around", "use a wider type: long for uint, BigInteger for ulong"),
  WHITE_SPACE("white space at an end", "trim as the control does: char(n) columns are padded"),
  XML_NAMESPACE(
      "the same element in another namespace",
      "declare the control's namespace: clients look for it"),
  ZONE_SHIFT(
      "a shift by a time zone",
      "read the control's times in the zone of its server: LocalDateTime.atZone(zone)");

  private final String means;
  private final String code;

  KnownLook(String means, String code) {
    this.means = means;
    this.code = code;
  }

  /** As in signatures: {@code bean-prefix}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** What it looks like, whatever the values. */
  public String means() {
    return means;
  }

  /**
   * What to change on the side that is being migrated.
   *
   * @param name the control's name of the member
   */
  public String code(String name) {
    return code.replace("%s", name);
  }

  public static Optional<KnownLook> named(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  /** The diagnosis in the catalogue's words. */
  Diagnosis found() {
    return new Diagnosis(word(), means);
  }

  /** The diagnosis in words that fit the values. */
  Diagnosis found(String text) {
    return new Diagnosis(word(), text);
  }
}
