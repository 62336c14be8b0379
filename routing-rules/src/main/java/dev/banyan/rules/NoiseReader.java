package dev.banyan.rules;

import java.util.List;
import java.util.Optional;

/** Reads {@code noise: { baseline: 5%, rate: 2/s, against: legacy-b }}. */
final class NoiseReader {
  private NoiseReader() {}

  static NoisePolicy read(RuleNode node) {
    Fields fields = node.fields(List.of("baseline", "rate", "against"));
    Share baseline =
        fields
            .find("baseline")
            .flatMap(n -> n.value(Quantity::share))
            .orElse(NoisePolicy.DEFAULT_BASELINE);
    Optional<String> against = fields.find("against").flatMap(RuleNode::text);
    return fields
        .find("rate")
        .flatMap(n -> n.value(text -> RateLimitReader.rate("rate", text)))
        .map(rate -> new NoisePolicy(baseline, rate.requests(), rate.period(), against))
        .orElseGet(
            () ->
                new NoisePolicy(
                    baseline, NoisePolicy.DEFAULT_REQUESTS, NoisePolicy.DEFAULT_PERIOD, against));
  }
}
