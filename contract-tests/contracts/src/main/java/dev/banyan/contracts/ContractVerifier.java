package dev.banyan.contracts;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.CompareProfile;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Sends every interaction of a contract to a base URL and compares the answers. */
public final class ContractVerifier {
  private static final String VOLATILE = "volatile";

  static final Duration TIMEOUT = Duration.ofSeconds(30);

  private ContractVerifier() {}

  /**
   * Verifies over HTTP/1.1, one request at a time, following no redirects, with the built-in
   * profile that the contract names.
   *
   * @throws IllegalArgumentException where no built-in profile has that name, or where the target
   *     is no http or https URL
   */
  public static ContractReport verify(Contract contract, URI target) {
    for (CompareProfile profile : CompareProfile.BUILT_IN) {
      if (profile.name().equals(contract.profile())) {
        return verify(contract, profile, target);
      }
    }
    throw new IllegalArgumentException(
        "profile: "
            + contract.profile()
            + " (expected: one of "
            + CompareProfile.BUILT_IN.stream().map(CompareProfile::name).toList()
            + ", or a rule set that has it)");
  }

  /** The same with a profile of a rule set, whatever name the contract gives. */
  public static ContractReport verify(Contract contract, CompareProfile profile, URI target) {
    return verify(contract, profile, target, TIMEOUT, InstantSource.system());
  }

  static ContractReport verify(
      Contract contract,
      CompareProfile profile,
      URI target,
      Duration timeout,
      InstantSource clock) {
    List<ContractReport.Result> results = new ArrayList<>();
    try (RequestSender sender = RequestSender.to(target, timeout)) {
      for (Interaction interaction : contract.interactions()) {
        results.add(judge(interaction, profile, sender.send(interaction.request())));
      }
    }
    return new ContractReport(contract.routeId(), target.toString(), clock.instant(), results);
  }

  private static ContractReport.Result judge(
      Interaction interaction, CompareProfile profile, Observation answer) {
    Comparer comparer = Comparer.of(withVolatile(profile, interaction));
    String name = interaction.name();
    return switch (comparer.compare(asked(interaction), interaction.expected(), answer)) {
      case Comparison.Match() -> new ContractReport.Result(name, true, List.of(), List.of());
      case Comparison.Tolerated(List<Comparison.Accepted> accepted) ->
          new ContractReport.Result(name, true, List.of(), byTheProfile(accepted));
      case Comparison.Mismatch mismatch ->
          new ContractReport.Result(name, false, mismatch.differences(), List.of());
      case Comparison.Incomparable(String reason) ->
          new ContractReport.Result(
              name,
              false,
              List.of(new Difference("candidate", Kind.FAILURE, "", reason)),
              List.of());
    };
  }

  /** What the contract itself lets vary is no finding. */
  private static List<Difference> byTheProfile(List<Comparison.Accepted> accepted) {
    return accepted.stream()
        .filter(one -> !one.rule().equals(VOLATILE))
        .flatMap(one -> one.differences().stream())
        .distinct()
        .toList();
  }

  /** Without its Host, as another one was asked. */
  private static RequestCopy asked(Interaction interaction) {
    RequestCopy request = interaction.request();
    return new RequestCopy(request.method(), request.target(), Headers.NONE, request.body());
  }

  /** Values may differ where the contract says so; presence and type must hold. */
  private static CompareProfile withVolatile(CompareProfile profile, Interaction interaction) {
    List<CompareProfile.Tolerance> tolerances = new ArrayList<>(profile.tolerances());
    Set<String> free = new TreeSet<>(interaction.volatileAt());
    free.addAll(interaction.maskedAt());
    for (String location : free) {
      for (Kind kind : List.of(Kind.VALUE, Kind.BYTES)) {
        tolerances.add(
            new CompareProfile.Tolerance(
                VOLATILE,
                location,
                kind.word(),
                "the contract",
                "the recorded answers differed here, or are masked"));
      }
    }
    return profile.withTolerances(tolerances);
  }
}
