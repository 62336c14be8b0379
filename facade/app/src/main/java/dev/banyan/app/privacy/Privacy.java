package dev.banyan.app.privacy;

import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractMasking;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Body;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.Spot;
import dev.banyan.parity.diagnosis.Diagnosis;
import dev.banyan.parity.privacy.MaskedMismatch;
import dev.banyan.parity.privacy.Masking;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.PrivateFields;
import java.util.List;
import java.util.Set;

/** Masks by the rules in force. Any thread; never on an event loop. */
public final class Privacy {
  private final TableKeeper tables;
  private final byte[] key;
  private final KeepValues keep;
  private volatile InForce inForce;

  /** What the rules call private, and the masking that was made of it. */
  private record InForce(PrivateFields fields, Masking masking) {}

  /**
   * @param keys of the store; the pseudonyms' key is made of the first one
   */
  public Privacy(TableKeeper tables, StoreKeys keys, KeepValues keep) {
    this.tables = tables;
    this.key = keys.derived("pseudonyms");
    this.keep = keep;
    this.inForce = inForce(PrivateFields.NONE);
  }

  /**
   * A pair and what was found in it, as they may be kept.
   *
   * @param again where the pair as it is kept differs as the original one does
   */
  public record Shown(Pair pair, Comparison.Mismatch mismatch, Set<Spot> again) {

    /** Masked. */
    public static Shown masked(Masking masking, Pair pair, Comparison found, Comparer comparer) {
      MaskedMismatch masked =
          MaskedMismatch.of(
              masking, comparer, pair.request(), pair.control(), pair.candidate(), found);
      Pair kept =
          new Pair(
              pair.decision(),
              masking.request(pair.request()),
              masked.control(),
              masked.candidate());
      return new Shown(kept, masked.mismatch(), masked.again());
    }
  }

  public KeepValues keep() {
    return keep;
  }

  public Masking masking() {
    PrivateFields fields = tables.get().rules().privateFields();
    InForce now = inForce;
    if (!now.fields.equals(fields)) {
      now = inForce(fields);
      inForce = now;
    }
    return now.masking;
  }

  private InForce inForce(PrivateFields fields) {
    return new InForce(fields, Masking.with(key, fields));
  }

  /**
   * @param found a mismatch, or what was tolerated
   * @param comparer the one that found it
   */
  public Shown shown(Pair pair, Comparison found, Comparer comparer) {
    return keep == KeepValues.PATHS_ONLY
        ? pathsOnly(pair, found)
        : Shown.masked(masking(), pair, found, comparer);
  }

  /** Without the interactions that could not be sent again once they are masked. */
  public Contract masked(Contract contract) {
    return ContractMasking.mask(contract, masking());
  }

  /** Where and what, without any value: little work, whatever the size of the pair. */
  private Comparison.Mismatch places(Comparison found) {
    Masking masking = masking();
    return new Comparison.Mismatch(
        differences(found).stream()
            .map(
                difference ->
                    new Difference(
                        masking.text(difference.location()),
                        difference.kind(),
                        "",
                        "",
                        new Diagnosis(difference.diagnosis().name(), "")))
            .toList());
  }

  private static List<Difference> differences(Comparison found) {
    return switch (found) {
      case Comparison.Mismatch mismatch -> mismatch.differences();
      case Comparison.Tolerated tolerated -> tolerated.differences();
      case Comparison.Match() -> List.of();
      case Comparison.Incomparable(String reason) -> List.of();
    };
  }

  private Shown pathsOnly(Pair pair, Comparison found) {
    String template = pair.decision().route().match().path().toString();
    Pair empty =
        new Pair(
            pair.decision(),
            new RequestCopy(pair.request().method(), template, Headers.NONE, new Body.NotKept()),
            withoutValues(pair.control()),
            withoutValues(pair.candidate()));
    return new Shown(empty, places(found), Set.of());
  }

  private static Observation withoutValues(Observation observation) {
    return observation instanceof Observation.Answered answered
        ? new Observation.Answered(
            answered.status(),
            Headers.NONE,
            new Body.NotKept(),
            Headers.NONE,
            answered.firstByte(),
            answered.duration())
        : observation;
  }
}
