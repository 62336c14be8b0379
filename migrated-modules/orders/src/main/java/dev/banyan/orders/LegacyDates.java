package dev.banyan.orders;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates as clients of the legacy write them. */
final class LegacyDates {

  private static final Pattern DATE = Pattern.compile("/Date\\((-?\\d{1,15})(?:[+-]\\d{4})?\\)/");

  /** What the legacy answers where no date was sent. */
  private static final Instant DEFAULT = Instant.ofEpochMilli(-59_011_459_200_000L);

  private LegacyDates() {}

  static Instant orDefault(@Nullable String written) {
    Instant date = orNull(written);
    return date == null ? DEFAULT : date;
  }

  /**
   * Milliseconds since 1970, whatever offset stands beside them, or ISO 8601; without a zone it is
   * UTC, which the legacy's servers run in.
   *
   * @throws IllegalArgumentException for anything else
   */
  static @Nullable Instant orNull(@Nullable String written) {
    if (written == null) {
      return null;
    }
    Matcher date = DATE.matcher(written);
    if (date.matches()) {
      return Instant.ofEpochMilli(Long.parseLong(date.group(1)));
    }
    try {
      return OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeParseException noOffset) {
      return local(written);
    }
  }

  private static Instant local(String written) {
    try {
      return LocalDateTime.parse(written).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException noDate) {
      throw new IllegalArgumentException("date: unreadable (expected: /Date(n)/)", noDate);
    }
  }
}
