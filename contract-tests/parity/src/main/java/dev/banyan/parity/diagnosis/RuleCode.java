package dev.banyan.parity.diagnosis;

import dev.banyan.rules.CompareRule;

/** What to change on the migrated side in place of letting a rule accept the difference. */
public final class RuleCode {
  private RuleCode() {}

  /** For people; the switch has no default, so that no rule can be without it. */
  public static String of(CompareRule rule) {
    return switch (rule) {
      case ARRAY_KEY_VALUE ->
          "write the dictionary as the control does: a list of objects with Key and Value";
      case ASMX_D_WRAPPER -> "wrap the answer as the control does: {\"d\": …}";
      case BINARY_FORM -> "write bytes as base64: a byte[] property, not a list of numbers";
      case ENUM_CASE -> "write the control's word: @JsonProperty(\"Active\") on the constant";
      case ENUM_FLAGS -> "write flags as one text, as .NET does: \"Read, Write\"";
      case GUID_BRACES -> "write the GUID plain, in 8-4-4-4-12 digits: UUID.toString()";
      case GUID_CASE -> "write the GUID in the control's case: UUID.toString() is lower case";
      case GUID_EMPTY -> "write the GUID of zeros for what is not set: new UUID(0, 0)";
      case HTML_TOKENS -> "nothing: tokens are made anew for every request";
      case JSON_DEFAULT_MISSING ->
          "write defaults as the control does: @JsonInclude(ALWAYS), or NON_DEFAULT";
      case JSON_NULL_EMPTY_LIST -> "write null where there is no list, as the control does";
      case JSON_NULL_EMPTY_TEXT -> "write null where there is no text, as the control does";
      case JSON_NULL_MISSING ->
          "write nulls as the control does: @JsonInclude(ALWAYS), or NON_NULL";
      case JSON_REFERENCES -> "write values out, or references as the control does";
      case JSON_TYPE_NAMES ->
          "write the type's name as the control does: @JsonTypeInfo(property = \"$type\")";
      case NUMBER_DOUBLE -> "write the digits that the control writes; the double is the same";
      case NUMBER_NAN -> "write NaN and infinities as the control does, as text or null";
      case NUMBER_SINGLE ->
          "keep it a float on its whole way: (double) f shows digits it never had";
      case STATUS_BAD_ID -> "answer an id that cannot be read with the control's status";
      case STATUS_NO_CONTENT -> "answer with the control's status: 204 where there is no body";
      case STATUS_VALIDATION ->
          "answer a request that is not valid with the control's status, in an exception handler";
      case TEXT_BOOLEAN -> "write true and false as the control does";
      case TEXT_LINE_ENDS -> "end lines as the control does: \"\\r\\n\" on Windows";
      case TEXT_NORMAL_FORM -> "normalise: Normalizer.normalize(text, Normalizer.Form.NFC)";
      case TEXT_NUL_CHAR -> "write \"\\u0000\" for a char that is not set, as the control does";
      case TIME_DATE_ONLY -> "write a LocalDateTime at midnight in place of a LocalDate";
      case TIME_DOTNET_DATE -> "write times as /Date(ms)/, by a serializer of their own";
      case TIME_DURATION -> "write the duration in the control's form: PT1H30M";
      case TIME_FRACTION ->
          "write the control's digits: DateTimeFormatter.ofPattern with its fraction";
      case TIME_MIN_VALUE -> "write 0001-01-01T00:00:00 for a time that is not set";
      case TIME_OFFSET -> "write the control's offset: OffsetDateTime.withOffsetSameInstant";
      case TIME_OFFSET_OBJECT ->
          "write the object of DateTime and OffsetMinutes, or take the ISO time to all clients";
      case TIME_SQL_ROUNDING ->
          "keep datetime's steps of 1/300 s where the control's database has them";
      case TIME_TIMESPAN ->
          "write ISO durations as TimeSpan: [d.]hh:mm:ss[.fffffff], by a serializer of their own";
      case TIME_UTC -> "write UTC as the control does: Z, or +00:00";
      case TIME_ZONE_NAME -> "write the Windows name of the zone, by CLDR's windowsZones table";
      case TIME_ZONELESS ->
          "write the time with or without Z as the control does: LocalDateTime has none";
      case TRACE_ID -> "nothing: it is made anew for every answer";
      case URL_HOST -> "build links from the host that the client asked for, or as paths alone";
      case XML_LEXICAL -> "write the control's form of the value: XmlConvert's, of XML Schema";
      case XML_NIL_MISSING ->
          "write xsi:nil as the control does: @XmlElement(nillable = true), or leave it away";
    };
  }
}
