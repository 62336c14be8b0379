package dev.banyan.parity.diagnosis;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Moments;
import dev.banyan.parity.rules.Sight;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times that were moved, or written for people. */
final class TimeLook implements Look {
  private static final Pattern FOR_PEOPLE =
      Pattern.compile("\\d{1,2}[./]\\d{1,2}[./]\\d{4}( \\d{1,2}:\\d{2}(:\\d{2})?( ?[AaPp][Mm])?)?");
  private static final Duration FURTHEST = Duration.ofHours(26);

  private static final Duration QUARTER = Duration.ofMinutes(15);

  @Override
  public @Nullable Diagnosis at(Sight sight) {
    if (sight.control() instanceof Json.Text left && sight.candidate() instanceof Json.Text right) {
      return texts(left.value(), right.value());
    }
    return isMachine(sight.control(), sight.candidate())
            || isMachine(sight.candidate(), sight.control())
        ? KnownLook.TIME_AS_NUMBER.found()
        : null;
  }

  private static @Nullable Diagnosis texts(String control, String candidate) {
    if (isForPeople(control) != isForPeople(candidate)
        || (isForPeople(control) && !control.equals(candidate))) {
      return KnownLook.CULTURE.found(
          "a time or date formatted for a culture: " + control + " vs " + candidate);
    }
    Optional<Duration> shift = Moments.shift(control, candidate);
    if (shift.isEmpty() || shift.get().isZero()) {
      return null;
    }
    Duration by = shift.get();
    boolean near = by.abs().compareTo(FURTHEST) <= 0;
    return near && by.toNanos() % QUARTER.toNanos() == 0
        ? KnownLook.ZONE_SHIFT.found("a zone shift of " + by.toMinutes() + " min")
        : KnownLook.OTHER_TIME.found();
  }

  private static boolean isForPeople(String text) {
    return text.length() <= 30 && FOR_PEOPLE.matcher(text).matches();
  }

  private static boolean isMachine(@Nullable Json machine, @Nullable Json text) {
    if (!(text instanceof Json.Text written) || !Moments.isTime(written.value())) {
      return false;
    }
    return machine instanceof Json.Num
        || (machine instanceof Json.Arr arr
            && arr.items().size() >= 3
            && arr.items().size() <= 7
            && arr.items().stream().allMatch(Json.Num.class::isInstance));
  }
}
