package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.cure.Cure;
import dev.banyan.parity.diagnosis.KnownLook;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareRule;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSetReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every diagnosis has a cure, and the lines it names for the rule file do what they say. */
class CureTest {
  private static final String ROUTE =
      """
      version: 1
      upstreams: { legacy: { url: "http://127.0.0.1:1" } }
      routes: [{ id: all, match: { path: /** }, legacy: legacy, compare: cured }]
      profiles:
        cured:
          extends: strict
      """;

  /** One pair for each diagnosis, with the difference that has it. */
  private record Sample(Signature signature, Observation control, Observation candidate) {
    @Override
    public String toString() {
      return signature.diagnosis() + " " + signature.location() + " " + signature.kind().word();
    }
  }

  private static Map<String, Sample> samples() {
    Map<String, Sample> samples = new TreeMap<>();
    Corpus.pairs().forEach(pair -> add(samples, pair.control(), pair.candidate()));
    CureSamples.pairs().forEach(pair -> add(samples, pair.control(), pair.candidate()));
    return samples;
  }

  private static void add(Map<String, Sample> samples, Observation control, Observation candidate) {
    Comparison found = Comparer.of(CompareProfile.STRICT).compare(control, candidate);
    if (found instanceof Comparison.Mismatch mismatch) {
      for (Difference one : mismatch.differences()) {
        Signature signature = Signature.of(one);
        for (String word : signature.diagnosis().split("\\+", -1)) {
          samples.putIfAbsent(word, new Sample(signature, control, candidate));
        }
      }
    }
  }

  static Stream<Sample> everySample() {
    return samples().values().stream();
  }

  @Test
  void everyDiagnosisThatCanBeGivenHasASampleHere() {
    assertThat(samples().keySet())
        .containsAll(Arrays.stream(KnownLook.values()).map(KnownLook::word).toList())
        .containsAll(Arrays.stream(CompareRule.values()).map(CompareRule::word).toList());
  }

  @ParameterizedTest
  @MethodSource("everySample")
  void theLinesForTheRuleFileMakeTheDifferenceGoAway(Sample sample) {
    CompareProfile profile = cured(Cure.of(sample.signature()));

    Comparison after = Comparer.of(profile).compare(sample.control(), sample.candidate());

    if (after instanceof Comparison.Mismatch mismatch) {
      assertThat(mismatch.differences().stream().map(Signature::of))
          .doesNotContain(sample.signature());
    } else {
      assertThat(after).isInstanceOf(Comparison.Tolerated.class);
    }
  }

  @ParameterizedTest
  @MethodSource("everySample")
  void theChangeOfCodeIsSaidInWords(Sample sample) {
    assertThat(Cure.of(sample.signature()).code()).hasSizeGreaterThan(10);
    if (!sample.signature().diagnosis().isEmpty()) {
      assertThat(Cure.means(sample.signature())).isNotEmpty();
    }
  }

  @Test
  void whatNoDiagnosisKnowsHasACureToo() {
    Cure cure = Cure.of(new Signature("$['a \"b\": path: /x']", Difference.Kind.VALUE, ""));
    assertThat(cure.rule()).contains("kind: value").contains("owner: \"OWNER\"");
    assertThat(cured(cure).tolerances().getFirst().at()).isEqualTo("$['a \"b\": path: /x']");
    assertThat(cure.code()).isNotEmpty();
  }

  @Test
  void aCandidateThatFailedIsCuredByCodeAlone() {
    Cure cure = Cure.of(new Signature("candidate", Difference.Kind.FAILURE, ""));
    assertThat(cure.rule()).isEmpty();
    assertThat(cure.code()).contains("log");
  }

  private static CompareProfile cured(Cure cure) {
    String text = ROUTE + cure.rule().indent(4);
    ReadResult read = RuleSetReader.read("rules.yaml", text);
    assertThat(read).as(text).isInstanceOf(ReadResult.Accepted.class);
    return ((ReadResult.Accepted) read).rules().profiles().get("cured");
  }

  /** What an answer says. */
  static Observation.Answered answer(int status, String type, String body) {
    return Answers.with(status, body.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
  }
}
