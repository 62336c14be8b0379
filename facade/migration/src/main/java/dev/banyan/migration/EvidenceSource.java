package dev.banyan.migration;

import java.util.function.Function;

/** Where a gate's evidence comes from. Blocking: a database may be asked. */
@FunctionalInterface
public interface EvidenceSource {
  MergedEvidence of(String routeId);

  /** Of a facade that knows of no other replicas. */
  static EvidenceSource alone(Function<String, Evidence> evidence) {
    return routeId -> MergedEvidence.alone(evidence.apply(routeId));
  }
}
