package dev.banyan.rules;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The named rules by which two different writings may say the same. This is the vocabulary of rule
 * files; what each rule recognises stands with the comparer.
 */
public enum CompareRule {
  ARRAY_KEY_VALUE(Trust.OPT_IN, "a list of Key and Value pairs vs an object"),
  ASMX_D_WRAPPER(Trust.OPT_IN, "the d around an ASMX script service's answer"),
  BINARY_FORM(Trust.OPT_IN, "bytes as base64, URL-safe base64 or a list of numbers"),
  ENUM_CASE(Trust.OPT_IN, "the same word in another case, with or without _ between letters"),
  ENUM_FLAGS(Trust.OPT_IN, "flags as one text vs a list of words"),
  GUID_BRACES(Trust.OPT_IN, "a GUID with braces or without dashes"),
  GUID_CASE(Trust.SAFE, "a GUID in upper case"),
  GUID_EMPTY(Trust.OPT_IN, "the GUID of zeros vs null"),
  HTML_TOKENS(Trust.SAFE, "per-request tokens in hidden fields of a page"),
  JSON_DEFAULT_MISSING(Trust.OPT_IN, "0, false or an empty value vs no member"),
  JSON_NULL_EMPTY_LIST(Trust.OPT_IN, "null vs an empty list"),
  JSON_NULL_EMPTY_TEXT(Trust.OPT_IN, "null vs an empty text"),
  JSON_NULL_MISSING(Trust.OPT_IN, "null vs no member"),
  JSON_REFERENCES(Trust.SAFE, "$id and $ref of .NET, which are digits, vs the values written out"),
  JSON_TYPE_NAMES(Trust.OPT_IN, "a serializer's type name beside the data"),
  NUMBER_DOUBLE(Trust.SAFE, "one double with 17 digits vs its shortest form"),
  NUMBER_NAN(Trust.OPT_IN, "NaN or an infinity as text vs null"),
  NUMBER_SINGLE(Trust.OPT_IN, "a single precision number widened to double"),
  STATUS_BAD_ID(Trust.OPT_IN, "400, 404 and 422 for an id that cannot be read"),
  STATUS_NO_CONTENT(Trust.OPT_IN, "204 vs 200 with null or nothing"),
  STATUS_VALIDATION(Trust.OPT_IN, "400 vs 422 for a request that is not valid"),
  TEXT_BOOLEAN(Trust.SAFE, "True vs true where a whole text is that word"),
  TEXT_LINE_ENDS(Trust.OPT_IN, "carriage returns before line feeds"),
  TEXT_NORMAL_FORM(Trust.OPT_IN, "composed vs decomposed letters"),
  TEXT_NUL_CHAR(Trust.OPT_IN, "null vs a text of the one char NUL"),
  TIME_DATE_ONLY(Trust.OPT_IN, "a date vs its midnight"),
  TIME_DOTNET_DATE(Trust.SAFE, "/Date(ms)/ vs an ISO time of the same instant"),
  TIME_DURATION(Trust.SAFE, "one duration in two ISO 8601 forms"),
  TIME_FRACTION(Trust.SAFE, "trailing zeros or digits below a millisecond in a time"),
  TIME_MIN_VALUE(Trust.OPT_IN, "the year 1 of an unset DateTime vs null"),
  TIME_OFFSET(Trust.OPT_IN, "one instant at two offsets"),
  TIME_OFFSET_OBJECT(Trust.OPT_IN, "DateTime and OffsetMinutes in an object vs an ISO time"),
  TIME_SQL_ROUNDING(Trust.OPT_IN, "times at most 4 ms apart"),
  TIME_TIMESPAN(Trust.OPT_IN, "a TimeSpan vs an ISO duration or seconds"),
  TIME_UTC(Trust.SAFE, "Z vs +00:00"),
  TIME_ZONE_NAME(Trust.OPT_IN, "a Windows zone name vs the IANA one"),
  TIME_ZONELESS(Trust.OPT_IN, "one wall clock time with Z and without"),
  TRACE_ID(Trust.SAFE, "the value of traceId where both are trace ids of .NET's forms"),
  URL_HOST(Trust.OPT_IN, "one path and query at another host, or at none"),
  XML_LEXICAL(Trust.OPT_IN, "one number, truth value or time in two XML forms, untyped"),
  XML_NIL_MISSING(Trust.OPT_IN, "xsi:nil vs no element");

  /** Whether a profile may switch it on for every place. */
  public enum Trust {
    /** Both writings carry the same information, or the value is made anew for every answer. */
    SAFE,
    /** A client may see the difference: somebody has to answer for it, with a reason. */
    OPT_IN
  }

  private final Trust trust;
  private final String text;

  CompareRule(Trust trust, String text) {
    this.trust = trust;
    this.text = text;
  }

  public Trust trust() {
    return trust;
  }

  /** What it recognises, for people. */
  public String text() {
    return text;
  }

  /** As in rule files, REST and CLI: {@code time.fraction}, {@code json.null-missing}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
  }

  public static Optional<CompareRule> named(String word) {
    return Arrays.stream(values()).filter(rule -> rule.word().equals(word)).findFirst();
  }

  /** All that are safe. */
  public static Set<CompareRule> safe() {
    EnumSet<CompareRule> safe = EnumSet.allOf(CompareRule.class);
    safe.removeIf(rule -> rule.trust != Trust.SAFE);
    return Collections.unmodifiableSet(safe);
  }

  static Set<String> words(Collection<CompareRule> rules) {
    Set<String> words = new TreeSet<>();
    rules.forEach(rule -> words.add(rule.word()));
    return words;
  }
}
