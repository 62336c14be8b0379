package dev.banyan.rules;

import dev.banyan.rules.ShadowPolicy.Credentials;
import dev.banyan.rules.WritePolicy.Writes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what of a route's traffic the other side sees. */
final class ShadowReader {
  private static final Map<String, Credentials> CREDENTIALS =
      Map.of("drop", Credentials.DROP, "forward", Credentials.FORWARD);
  private static final Map<String, Writes> WRITES =
      Map.of(
          "never", Writes.NEVER,
          "dry-run", Writes.DRY_RUN,
          "isolated", Writes.ISOLATED,
          "after-success", Writes.AFTER_SUCCESS);

  private ShadowReader() {}

  static ShadowPolicy shadow(RuleNode node) {
    ShadowPolicy standard = ShadowPolicy.DEFAULT;
    Fields fields =
        node.fields(
            List.of(
                "sample", "methods", "credentials", "timeout", "max-body", "writes", "retry-for"));
    Share sample =
        fields.find("sample").flatMap(n -> n.value(Quantity::share)).orElse(standard.sample());
    return new ShadowPolicy(
        sample,
        fields
            .find("methods")
            .map(n -> PolicyReader.methods(n, "write sample: 0% to copy nothing"))
            .orElse(standard.methods()),
        fields
            .find("credentials")
            .flatMap(n -> n.text(text -> PolicyReader.word("credentials", text, CREDENTIALS)))
            .orElse(standard.credentials()),
        fields.find("timeout").flatMap(n -> n.value(Quantity::duration)).orElse(standard.timeout()),
        fields.find("max-body").flatMap(n -> n.value(Quantity::bytes)).orElse(standard.maxBody()),
        writes(fields, sample));
  }

  private static WritePolicy writes(Fields fields, Share sample) {
    WritePolicy standard = WritePolicy.NEVER;
    Optional<Writes> readable =
        fields.find("writes").flatMap(n -> n.text(text -> writes(text, sample)));
    Writes writes = readable.orElse(standard.writes());
    boolean isWrong = fields.find("writes").isPresent() && readable.isEmpty();
    fields
        .find("retry-for")
        .filter(n -> writes != Writes.AFTER_SUCCESS && !isWrong)
        .ifPresent(
            n ->
                n.problem(
                    "retry-for: beside writes that are not sent again",
                    "remove it, or write writes: after-success"));
    return new WritePolicy(
        writes,
        fields
            .find("retry-for")
            .flatMap(n -> n.value(Quantity::duration))
            .orElse(standard.retryFor()));
  }

  private static Writes writes(String text, Share sample) {
    Writes writes = PolicyReader.word("writes", text, WRITES);
    if (writes == Writes.AFTER_SUCCESS && !sample.equals(Share.ALL)) {
      throw new IllegalArgumentException(
          "writes: after-success of a sample of "
              + sample
              + " (expected sample: 100%, as what is left out would be missing)");
    }
    return writes;
  }
}
