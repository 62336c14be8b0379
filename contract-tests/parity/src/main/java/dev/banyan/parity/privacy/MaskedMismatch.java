package dev.banyan.parity.privacy;

import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Observation;
import dev.banyan.parity.diagnosis.Diagnosis;
import java.util.ArrayList;
import java.util.List;

/**
 * A finding without private data: the masked sides, and the differences that were found between the
 * originals, in their order, with masked fragments.
 */
public record MaskedMismatch(
    Observation control, Observation candidate, Comparison.Mismatch mismatch) {

  /**
   * The masked sides are compared again: a fragment that was cut out of an original could hold half
   * of a card number, which nothing recognises. A difference that is not found again (because its
   * body is not kept, or a rule sees it between pseudonyms only) has its fragments masked whole.
   *
   * @param comparer the one that found the mismatch
   */
  public static MaskedMismatch of(
      Masking masking,
      Comparer comparer,
      Observation control,
      Observation candidate,
      Comparison.Mismatch found) {
    Observation left = masking.observation(control);
    Observation right = masking.observation(candidate);
    List<Difference> again = new ArrayList<>();
    if (comparer.compare(left, right) instanceof Comparison.Mismatch masked) {
      again.addAll(masked.differences());
    }
    List<Difference> differences = new ArrayList<>();
    for (Difference original : found.differences()) {
      differences.add(masked(masking, original, again));
    }
    return new MaskedMismatch(left, right, new Comparison.Mismatch(differences));
  }

  private static Difference masked(Masking masking, Difference original, List<Difference> again) {
    String location = masking.text(original.location());
    for (Difference masked : again) {
      if (masked.kind() == original.kind() && masked.location().equals(location)) {
        again.remove(masked);
        return new Difference(
            location,
            original.kind(),
            masked.control(),
            masked.candidate(),
            diagnosis(original.diagnosis(), masked.diagnosis()));
      }
    }
    return new Difference(
        location,
        original.kind(),
        masking.whole(original.control()),
        masking.whole(original.candidate()),
        nameOf(original.diagnosis()));
  }

  /** The original one knew the values; its words may quote them. */
  private static Diagnosis diagnosis(Diagnosis original, Diagnosis masked) {
    return original.name().equals(masked.name()) ? masked : nameOf(original);
  }

  private static Diagnosis nameOf(Diagnosis diagnosis) {
    return new Diagnosis(diagnosis.name(), "");
  }
}
