package dev.banyan.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.ReadResult;
import dev.banyan.rules.Route;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import java.util.List;
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
  void anUnchangedRouteIsReachedByTheUpstreamsItNames() {
    String before = withMigrated(1, 2);

    assertThat(reached(before, withMigrated(1, 9))).containsExactly("mirrored");
    assertThat(reached(before, withMigrated(9, 2))).containsExactly("mirrored", "alone");
    assertThat(reached(before, before)).isEmpty();
  }

  @Test
  void anUnchangedRouteIsReachedByTheProfileItNames() {
    String before =
        """
        version: 1
        upstreams:
          a: { url: http://127.0.0.1:1 }
          b: { url: http://127.0.0.1:2 }
        profiles:
          lists: { extends: dotnet-json, arrays: unordered }
        routes:
          - { id: loose, match: { path: /l }, legacy: a, migrated: b, stage: shadow, compare: lists }
          - { id: other, match: { path: /o }, legacy: a, migrated: b, stage: shadow }
        """;

    assertThat(reached(before, before.replace(", arrays: unordered", ""))).containsExactly("loose");
  }

  @Test
  void anUnchangedRouteIsReachedByTheInstanceItsNoiseIsMeasuredAgainst() {
    String before =
        """
        version: 1
        upstreams:
          a: { url: http://127.0.0.1:1 }
          b: { url: http://127.0.0.1:2 }
          twin: { url: http://127.0.0.1:3 }
        routes:
          - { id: asks, match: { path: /l }, legacy: a, migrated: b, noise: { against: twin } }
          - { id: other, match: { path: /o }, legacy: a, migrated: b }
        """;

    assertThat(reached(before, before.replace(":3 }", ":4 }"))).containsExactly("asks");
  }

  private static List<String> reached(String before, String after) {
    RuleDiff diff = RuleDiff.between(rules(before), rules(after));
    return rules(after).routes().stream().filter(diff::reaches).map(Route::id).toList();
  }

  private static String withMigrated(int legacy, int migrated) {
    return """
        version: 1
        upstreams:
          a: { url: http://127.0.0.1:%d }
          b: { url: http://127.0.0.1:%d }
        routes:
          - { id: mirrored, match: { path: /m }, legacy: a, migrated: b, stage: shadow }
          - { id: alone, match: { path: /a }, legacy: a }
          - { id: refused, match: { path: /r }, refuse: 403 }
        """
        .formatted(legacy, migrated);
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
