package dev.banyan.parity.rules;

import dev.banyan.parity.rules.Moment.Form;
import dev.banyan.rules.CompareRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * One point in time in two writings; says every rule that it takes to get from one to the other.
 */
final class Times implements Rule {
  private static final Duration SQL = Duration.ofMillis(4);
  private static final LocalDateTime MIN_VALUE = LocalDateTime.of(1, 1, 1, 0, 0);

  @Override
  public @Nullable Explanation explain(Sight sight) {
    Sight.Texts texts = sight.texts();
    if (texts == null) {
      return null;
    }
    Moment control = Moment.of(texts.control());
    Moment candidate = control == null ? null : Moment.of(texts.candidate());
    return control == null || candidate == null ? null : explain(control, candidate);
  }

  /** What an unset DateTime is written as. */
  static boolean isMinValue(String text) {
    Moment moment = Moment.of(text);
    return moment != null && moment.local().equals(MIN_VALUE);
  }

  private static @Nullable Explanation explain(Moment a, Moment b) {
    EnumSet<CompareRule> needed = EnumSet.noneOf(CompareRule.class);
    if (a.form() == Form.DATE || b.form() == Form.DATE) {
      needed.add(CompareRule.TIME_DATE_ONLY);
      return a.form() != b.form() && a.local().equals(b.local()) ? explained(needed) : null;
    }
    boolean bothZoned = a.offset().isPresent() && b.offset().isPresent();
    boolean dotnet = a.form() == Form.DOTNET || b.form() == Form.DOTNET;
    if (dotnet) {
      needed.add(CompareRule.TIME_DOTNET_DATE);
    }
    if (!bothZoned && (a.offset().isPresent() || b.offset().isPresent())) {
      needed.add(CompareRule.TIME_ZONELESS);
    }
    if (bothZoned && !dotnet) {
      if (!a.offset().equals(b.offset())) {
        needed.add(CompareRule.TIME_OFFSET);
      } else if (!a.zone().equals(b.zone())) {
        needed.add(CompareRule.TIME_UTC);
      }
    }
    Instant left = bothZoned ? a.instant() : a.local().toInstant(ZoneOffset.UTC);
    Instant right = bothZoned ? b.instant() : b.local().toInstant(ZoneOffset.UTC);
    return clocks(a, b, Duration.between(left, right).abs(), needed);
  }

  private static @Nullable Explanation clocks(
      Moment a, Moment b, Duration apart, EnumSet<CompareRule> needed) {
    if (apart.isZero()) {
      boolean bothIso = a.form() == b.form();
      if (bothIso && !a.writtenFraction().equals(b.writtenFraction())) {
        needed.add(CompareRule.TIME_FRACTION);
      }
    } else if (a.agreesAsFarAsWritten(b, apart)) {
      needed.add(CompareRule.TIME_FRACTION);
    } else if (apart.compareTo(SQL) <= 0) {
      needed.add(CompareRule.TIME_SQL_ROUNDING);
    } else {
      return null;
    }
    return needed.isEmpty() ? null : explained(needed);
  }

  private static Explanation explained(EnumSet<CompareRule> needed) {
    return new Explanation.Same(Collections.unmodifiableSet(needed));
  }
}
