package dev.banyan.parity.rules;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A point in time as it was written.
 *
 * @param form how
 * @param local the wall clock
 * @param offset none where none is written
 * @param zone as written
 * @param writtenFraction digits of the second as written
 */
record Moment(
    Form form,
    LocalDateTime local,
    Optional<ZoneOffset> offset,
    String zone,
    String writtenFraction) {
  private static final int LONGEST = 48;
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})(?:T(\\d{2}:\\d{2}(?::\\d{2})?)(?:[.,](\\d{1,9}))?"
              + "(Z|z|[+-]\\d{2}(?::?\\d{2})?)?)?");
  private static final Pattern DOTNET = Pattern.compile("/Date\\((-?\\d{1,15})(?:[+-]\\d{4})?\\)/");

  /** The writings. */
  enum Form {
    /** {@code 2014-03-09}. */
    DATE,
    /** {@code 2014-03-09T14:05:30.25Z}, with or without zone. */
    ISO,
    /** {@code /Date(1394373930250+0100)/}: always UTC; the offset is a remark (Microsoft). */
    DOTNET
  }

  static @Nullable Moment of(String text) {
    if (text.length() < 8 || text.length() > LONGEST) {
      return null;
    }
    try {
      return text.charAt(0) == '/' ? dotnet(text) : iso(text);
    } catch (DateTimeException notReal) {
      return null;
    }
  }

  Instant instant() {
    return local.toInstant(offset.orElse(ZoneOffset.UTC));
  }

  /**
   * Whether the one with more digits, cut to those of the other, is the other: .NET writes up to
   * seven digits and trims zeros, Java up to nine, Python six. Never less than milliseconds, as the
   * coarser side may have trimmed its zeros too.
   *
   * @param apart the time between the two
   */
  boolean agreesAsFarAsWritten(Moment other, Duration apart) {
    String left = trimmed(writtenFraction);
    String right = trimmed(other.writtenFraction);
    if (left.length() == right.length() || apart.compareTo(Duration.ofMillis(1)) >= 0) {
      return false;
    }
    int digits = Math.max(3, Math.min(left.length(), right.length()));
    return cut(left, digits).equals(cut(right, digits));
  }

  private static String cut(String fraction, int digits) {
    return (fraction + "000000000").substring(0, digits);
  }

  private static @Nullable Moment dotnet(String text) {
    Matcher matcher = DOTNET.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    Instant instant = Instant.ofEpochMilli(Long.parseLong(matcher.group(1)));
    LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    String fraction = "%03d".formatted(Math.floorMod(instant.toEpochMilli(), 1000));
    return new Moment(Form.DOTNET, local, Optional.of(ZoneOffset.UTC), "", fraction);
  }

  private static @Nullable Moment iso(String text) {
    Matcher matcher = ISO.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    LocalDate date = LocalDate.parse(matcher.group(1));
    String clock = matcher.group(2);
    if (clock == null) {
      return new Moment(Form.DATE, date.atStartOfDay(), Optional.empty(), "", "");
    }
    String fraction = matcher.group(3) == null ? "" : matcher.group(3);
    int nano = fraction.isEmpty() ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    String zone = matcher.group(4);
    return new Moment(
        Form.ISO,
        date.atTime(LocalTime.parse(clock).withNano(nano)),
        zone == null ? Optional.empty() : Optional.of(ZoneOffset.of(zone.equals("z") ? "Z" : zone)),
        zone == null ? "" : zone,
        fraction);
  }

  private static String trimmed(String digits) {
    int to = digits.length();
    while (to > 0 && digits.charAt(to - 1) == '0') {
      to--;
    }
    return digits.substring(0, to);
  }
}
