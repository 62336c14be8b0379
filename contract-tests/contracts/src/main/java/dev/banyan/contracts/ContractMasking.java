package dev.banyan.contracts;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.privacy.Masking;
import dev.banyan.rules.CompareProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes private data out of a contract. The places of pseudonyms are marked: there presence and
 * type must hold when it is verified, and the value need not.
 *
 * <p>Everything that is left can be sent again. An interaction whose target is private is left out,
 * as a target names the data that is asked for; so is one where a name in the answer is private. A
 * private value in a request's body or headers is sent as its pseudonym.
 */
public final class ContractMasking {
  private ContractMasking() {}

  public static Contract mask(Contract contract, Masking masking) {
    List<Interaction> masked = new ArrayList<>();
    for (Interaction interaction : contract.interactions()) {
      mask(interaction, masking).ifPresent(masked::add);
    }
    return new Contract(contract.routeId(), contract.profile(), contract.recordedAt(), masked);
  }

  private static Optional<Interaction> mask(Interaction interaction, Masking masking) {
    RequestCopy request = masking.request(interaction.request());
    if (!request.target().equals(interaction.request().target())) {
      return Optional.empty();
    }
    Observation.Answered expected = masking.answer(interaction.expected());
    Set<String> maskedAt = new TreeSet<>();
    Comparison changes =
        everything(interaction.expected()).compare(interaction.expected(), expected);
    if (changes instanceof Comparison.Mismatch mismatch) {
      for (Difference difference : mismatch.differences()) {
        if (difference.kind() != Kind.VALUE && difference.kind() != Kind.BYTES) {
          return Optional.empty();
        }
        maskedAt.add(difference.location());
      }
    } else if (changes instanceof Comparison.Incomparable) {
      return Optional.empty();
    }
    if (!request.equals(interaction.request())) {
      maskedAt.add(Interaction.MASKED_REQUEST);
    }
    Set<String> volatileAt =
        interaction.volatileAt().stream().map(masking::text).collect(Collectors.toSet());
    return Optional.of(
        new Interaction(interaction.name(), request, expected, volatileAt, maskedAt));
  }

  /** By the strictest profile there is: what any other one sees, it sees. */
  private static Comparer everything(Observation.Answered answer) {
    Set<String> headers =
        answer.headers().fields().stream()
            .map(field -> field.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return Comparer.of(
        new CompareProfile("masked", headers, CompareProfile.Arrays.ORDERED, List.of()));
  }
}
