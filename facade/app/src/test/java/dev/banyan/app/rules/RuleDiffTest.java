package dev.banyan.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import org.junit.jupiter.api.Test;

class RuleDiffTest {
  private static final String BEFORE =
      """
      version: 1
      upstreams:
        a: { url: http://127.0.0.1:1 }
        b: { url: http://127.0.0.1:2 }
      routes:
        - { id: stays, match: { path: /stays }, legacy: a }
        - { id: goes, match: { path: /goes }, legacy: a }
        - { id: moves, match: { path: /moves }, legacy: a }
      """;

  @Test
  void routesAndUpstreamsAreToldByWhatBecomesOfThem() {
    String after =
        """
        version: 1
        upstreams:
          a: { url: http://127.0.0.1:9 }
          c: { url: http://127.0.0.1:3 }
        routes:
          - { id: stays, match: { path: /stays }, legacy: a }
          - { id: moves, match: { path: /moves }, legacy: c }
          - { id: comes, match: { path: /comes }, legacy: a }
        """;

    RuleDiff diff = RuleDiff.between(rules(BEFORE), rules(after));

    assertThat(diff.added()).containsExactly("comes");
    assertThat(diff.removed()).containsExactly("goes");
    assertThat(diff.changed()).containsExactly("moves");
    assertThat(diff.upstreams()).containsExactly("a", "b", "c");
    assertThat(diff.profiles()).isEmpty();
  }

  @Test
  void aCommentChangesNothing() {
    RuleDiff diff = RuleDiff.between(rules(BEFORE), rules("# new\n" + BEFORE));

    assertThat(diff.isEmpty()).isTrue();
  }

  private static RuleSet rules(String text) {
    return switch (RuleSetReader.read("rules.yaml", text)) {
      case ReadResult.Accepted accepted -> accepted.rules();
      case ReadResult.Rejected rejected ->
          throw new IllegalArgumentException(rejected.problems().toString());
    };
  }
}
