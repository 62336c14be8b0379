package dev.banyan.parity.privacy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.Spot;
import dev.banyan.parity.diagnosis.Diagnosis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A finding without private data: the masked sides, and the differences that were found between the
 * originals, in their order, with masked fragments.
 *
 * @param again where comparing the masked sides comes to the same: only there can they be judged
 *     once more. They are compared without their request, which is not kept
 */
public record MaskedMismatch(
    Observation control, Observation candidate, Comparison.Mismatch mismatch, Set<Spot> again) {
  public MaskedMismatch {
    again = Set.copyOf(again);
  }

  /**
   * The masked sides are compared again: a fragment that was cut out of an original could hold half
   * of a card number, which nothing recognises. A difference that is not found again (because its
   * body is not kept, or a rule sees it between pseudonyms only) has its fragments masked whole.
   * Bodies of protobuf are masked as what was read of them.
   *
   * @param comparer the one that found it
   * @param found a mismatch, or what was tolerated
   */
  public static MaskedMismatch of(
      Masking masking,
      Comparer comparer,
      RequestCopy request,
      Observation control,
      Observation candidate,
      Comparison found) {
    Sides masked = sides(masking, comparer, request, control, candidate);
    Comparison between = comparer.compare(masked.control(), masked.candidate());
    FoundAgain again = new FoundAgain(found, between);
    List<Difference> left = new ArrayList<>(FoundAgain.differences(between));
    List<Difference> differences = new ArrayList<>();
    Set<Spot> spots = new LinkedHashSet<>();
    for (Difference original : FoundAgain.differences(found)) {
      Difference shown = masked(masking, original, left);
      differences.add(shown);
      if (again.has(Spot.of(original), Spot.of(shown))) {
        spots.add(Spot.of(shown));
      }
    }
    return new MaskedMismatch(
        masked.control(), masked.candidate(), new Comparison.Mismatch(differences), spots);
  }

  private record Sides(Observation control, Observation candidate) {}

  private static Sides sides(
      Masking masking,
      Comparer comparer,
      RequestCopy request,
      Observation control,
      Observation candidate) {
    Observation left = masking.observation(control);
    Observation right = masking.observation(candidate);
    if (control instanceof Observation.Answered asked
        && candidate instanceof Observation.Answered other) {
      Optional<MessagePair> pair = MessagePair.read(comparer.profile(), request, asked, other);
      Optional<Body.Messages> a = pair.flatMap(read -> masking.messages(read, read.control()));
      Optional<Body.Messages> b = pair.flatMap(read -> masking.messages(read, read.candidate()));
      if (a.isPresent() && b.isPresent()) {
        return new Sides(with(left, a.get()), with(right, b.get()));
      }
    }
    return new Sides(left, right);
  }

  private static Observation with(Observation observation, Body.Messages messages) {
    return observation instanceof Observation.Answered answered
        ? new Observation.Answered(
            answered.status(),
            answered.headers(),
            messages,
            answered.trailers(),
            answered.firstByte(),
            answered.duration())
        : observation;
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
