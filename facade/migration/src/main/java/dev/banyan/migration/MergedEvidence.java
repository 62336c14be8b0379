package dev.banyan.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What all replicas have seen in one step of a route.
 *
 * @param sum what a gate may look at
 * @param parts what each replica contributes, and what is left out
 */
public record MergedEvidence(Evidence sum, Reach reach, List<Part> parts) {

  /** Whose evidence is in it. */
  public enum Reach {
    ALL_REPLICAS("all replicas"),
    /** The others' could not be read, or not all of it. */
    OWN_ONLY("own evidence only");

    private final String text;

    Reach(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** Whether a replica still answers clients. */
  public enum Life {
    LIVE,
    /** Not heard of lately; what it has written down counts all the same. */
    GONE
  }

  /**
   * One replica's evidence, from its start on: the same process started anew is another replica.
   *
   * @param replica its id
   */
  public record Contribution(String replica, Life life, Evidence evidence) {}

  /** A contribution, and whether it is in the sum. */
  public record Part(Contribution from, Use use) {}

  /** What became of a contribution. */
  public enum Use {
    COUNTED,
    /** It is about another candidate version than the present one. */
    OTHER_VERSION
  }

  public MergedEvidence {
    parts = List.copyOf(parts);
  }

  /** Of the only replica. */
  public static MergedEvidence alone(Evidence evidence) {
    return of(List.of(new Contribution("", Life.LIVE, evidence)), Reach.ALL_REPLICAS);
  }

  /**
   * Adds up what is about the present candidate version: the one that a live replica has met last.
   * A replica that is gone cannot tell what the present version is; a live one that has met no
   * version yet does not know it either, where another one does.
   *
   * @param all at least one, all of one route and step, one per replica
   */
  public static MergedEvidence of(List<Contribution> all, Reach reach) {
    Optional<String> version = presentVersion(all);
    List<Part> parts = new ArrayList<>();
    List<Evidence> counted = new ArrayList<>();
    for (Contribution one : all) {
      boolean isPresent = one.evidence().version().equals(version);
      parts.add(new Part(one, isPresent ? Use.COUNTED : Use.OTHER_VERSION));
      if (isPresent) {
        counted.add(one.evidence());
      }
    }
    return new MergedEvidence(EvidenceSum.of(counted), reach, parts);
  }

  private static Optional<String> presentVersion(List<Contribution> all) {
    List<Evidence> live =
        all.stream().filter(one -> one.life() == Life.LIVE).map(Contribution::evidence).toList();
    List<Evidence> asked =
        live.isEmpty() ? all.stream().map(Contribution::evidence).toList() : live;
    return asked.stream()
        .filter(one -> one.version().isPresent())
        .max(Comparator.comparing(Evidence::since))
        .or(() -> asked.stream().findFirst())
        .flatMap(Evidence::version);
  }
}
