package dev.banyan.app.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.noise.NoiseSeen;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.Route;
import dev.banyan.rules.RuleSetReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known of noise while the facade runs. */
class NoiseWatchTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Comparison GUID =
      new Comparison.Mismatch(
          List.of(new Difference("$.id", Difference.Kind.VALUE, "\"a\"", "\"b\"")));

  private final EvidenceWindows evidence = new EvidenceWindows(() -> NOW);
  private final NoiseWatch noise = new NoiseWatch(evidence, () -> NOW);
  private final Route asked = route("noise: {}");
  private final Route unasked = route("compare: strict");

  @Test
  void evidenceBeginsAnewWhenNoiseIsFoundAndKeepsItsContractReport() {
    ContractSummary report = new ContractSummary(NOW, 3, 0);
    evidence.contract("r", report);
    evidence.compared("r", GUID);

    learn();

    assertThat(noise.look(asked).accepts("$.id", "\"a\"", "\"b\"")).isTrue();
    assertThat(evidence.snapshot("r").mismatched()).isZero();
    assertThat(evidence.snapshot("r").contracts()).contains(report);
  }

  @Test
  void nothingIsKnownOfARouteThatDoesNotAsk() {
    for (int i = 0; i < 60; i++) {
      noise.compared(unasked, GUID);
    }

    assertThat(noise.look(unasked).accepts("$.id", "\"a\"", "\"b\"")).isFalse();
    assertThat(noise.of(unasked)).isEmpty();
  }

  @Test
  void knowledgeIsForgottenWithTheRule() {
    learn();

    noise.forget("r");

    assertThat(noise.look(asked).accepts("$.id", "\"a\"", "\"b\"")).isFalse();
    assertThat(noise.of(asked).orElseThrow().report().baselinePairs()).isZero();
  }

  @Test
  void whatIsAcceptedIsStillCountedAndWhatIsNotRepeatedIsTold() {
    learn();
    NoiseSeen seen = noise.look(asked);
    seen.accepts("$.id", "\"a\"", "\"b\"");
    noise.compared(asked, new Comparison.Match(), seen);
    noise.dropped("r", "rate");
    noise.dropped("r", "rate");

    NoiseWatch.Known known = noise.of(asked).orElseThrow();
    assertThat(known.report().places().getFirst().answer().figures().candidate().hits())
        .isEqualTo(1);
    assertThat(known.dropped()).containsExactly(java.util.Map.entry("rate", 2L));
  }

  @Test
  void routesThatAreGoneAreForgotten() {
    learn();

    noise.keepOnly(Set.of());

    assertThat(noise.of(asked).orElseThrow().report().baselinePairs()).isZero();
  }

  private void learn() {
    for (int i = 0; i < 60; i++) {
      noise.compared(asked, GUID);
    }
  }

  private static Route route(String more) {
    String rules =
        """
        version: 1
        upstreams: { old: { url: http://127.0.0.1:1 }, new: { url: http://127.0.0.1:2 } }
        routes:
          - { id: r, match: { path: /** }, legacy: old, migrated: new, %s }
        """
            .formatted(more);
    return ((ReadResult.Accepted) RuleSetReader.read("rules.yaml", rules))
        .rules()
        .routes()
        .getFirst();
  }
}
