package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of time: a TimeSpan as text or as its properties, an ISO 8601 duration, a number of
 * seconds. A day has 24 hours; months and years are no lengths.
 */
final class Durations implements Rule {
  private static final int LONGEST = 40;
  private static final Pattern TIME_SPAN =
      Pattern.compile("(-)?(?:(\\d{1,8})\\.)?(\\d{2}):(\\d{2}):(\\d{2}(?:\\.\\d{1,7})?)");
  private static final Pattern ISO =
      Pattern.compile(
          "([+-])?P(?:([+-]?\\d{1,9})D)?(?:T(?:([+-]?\\d{1,9})H)?(?:([+-]?\\d{1,9})M)?"
              + "(?:([+-]?\\d{1,12}(?:\\.\\d{1,9})?)S)?)?");
  private static final BigDecimal TICKS_PER_SECOND = new BigDecimal(10_000_000);

  /** How a length of time is written. */
  private enum Form {
    TIME_SPAN,
    ISO,
    SECONDS,
    PROPERTIES
  }

  private record Length(Form form, BigDecimal seconds) {}

  @Override
  public @Nullable Explanation explain(Sight sight) {
    Length control = length(sight.control());
    Length candidate = control == null ? null : length(sight.candidate());
    if (control == null
        || candidate == null
        || control.seconds().compareTo(candidate.seconds()) != 0) {
      return null;
    }
    if (control.form() != candidate.form()) {
      return Explanation.same(CompareRule.TIME_TIMESPAN);
    }
    return control.form() == Form.ISO || control.form() == Form.TIME_SPAN
        ? Explanation.same(CompareRule.TIME_DURATION)
        : null;
  }

  private static @Nullable Length length(@Nullable Json json) {
    return switch (json) {
      case Json.Text text when text.value().length() <= LONGEST -> length(text.value());
      case Json.Num num when num.lexeme().length() <= LONGEST && !isExponential(num.lexeme()) ->
          new Length(Form.SECONDS, new BigDecimal(num.lexeme()));
      case Json.Obj obj -> properties(obj);
      case null, default -> null;
    };
  }

  private static boolean isExponential(String lexeme) {
    return lexeme.indexOf('e') >= 0 || lexeme.indexOf('E') >= 0;
  }

  private static @Nullable Length length(String text) {
    Matcher span = TIME_SPAN.matcher(text);
    if (span.matches()) {
      BigDecimal seconds = sum(span.group(2), span.group(3), span.group(4), span.group(5));
      return new Length(Form.TIME_SPAN, span.group(1) == null ? seconds : seconds.negate());
    }
    Matcher iso = ISO.matcher(text);
    if (iso.matches() && !text.endsWith("P") && !text.endsWith("T")) {
      BigDecimal seconds = sum(iso.group(2), iso.group(3), iso.group(4), iso.group(5));
      return new Length(Form.ISO, "-".equals(iso.group(1)) ? seconds.negate() : seconds);
    }
    return null;
  }

  private static BigDecimal sum(
      @Nullable String days,
      @Nullable String hours,
      @Nullable String minutes,
      @Nullable String seconds) {
    long whole = (number(days) * 24 + number(hours)) * 3600 + number(minutes) * 60;
    BigDecimal rest = seconds == null ? BigDecimal.ZERO : new BigDecimal(seconds);
    return rest.add(BigDecimal.valueOf(whole));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** A TimeSpan that a serializer took for an object: it is known by its ticks. */
  private static @Nullable Length properties(Json.Obj obj) {
    BigDecimal ticks = null;
    boolean total = false;
    for (Json.Member member : obj.members()) {
      if (member.name().equalsIgnoreCase("ticks")
          && member.value() instanceof Json.Num num
          && num.lexeme().matches("-?\\d{1,19}")) {
        ticks = new BigDecimal(num.lexeme());
      }
      total |= member.name().equalsIgnoreCase("totalSeconds");
    }
    return ticks == null || !total
        ? null
        : new Length(Form.PROPERTIES, ticks.divide(TICKS_PER_SECOND));
  }
}
