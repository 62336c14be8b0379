package dev.banyan.parity.diagnosis;

import dev.banyan.parity.rules.Explanation;
import dev.banyan.parity.rules.Sight;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a difference looks like. */
public final class Diagnoses {
  private static final List<Look> LOOKS =
      List.of(
          new HttpLook(),
          new NameLook(),
          new ErrorLook(),
          new NumberLook(),
          new TimeLook(),
          new OrderLook(),
          new ShapeLook(),
          new TextLook());

  private Diagnoses() {}

  /** Of a pair that no rule explains. */
  public static Diagnosis of(Sight sight) {
    for (Look look : LOOKS) {
      @Nullable Diagnosis found = look.at(sight);
      if (found != null) {
        return found;
      }
    }
    return Diagnosis.NONE;
  }

  /** Of a pair that a rule explains, whether or not it is on. */
  public static Diagnosis of(Optional<Explanation> explanation, Sight sight) {
    return explanation.map(Diagnosis::of).orElseGet(() -> of(sight));
  }
}
