package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.ToleranceEdit.Planned;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToleranceEditTest {
  private static final Tolerance LEAD =
      new Tolerance(
          "lead",
          "$['a \"b\"'].lead",
          new Accepted.Rule(CompareRule.TIME_TIMESPAN),
          "ann",
          "read: see path: /x/{id} and #12, \u2028 ok",
          Optional.of(LocalDate.of(2027, 1, 31)));
  private static final Tolerance PRICE =
      new Tolerance("price", "$.price", "value", "ann", "rounded");
  private static final String UPSTREAM = "upstreams: { l: { url: \"http://127.0.0.1:1\" } }\n";

  @Test
  void aBlockKeepsItsCommentsAndItsOrder() {
    String text =
        """
        # ours
        version: 1
        profiles:
          orders:   # of the team
            tolerate:
            # first
            - name: old   # kept
              at: $.old
              kind: value
              owner: bob
              reason: because   # yes

            # behind
            extends: dotnet-json
        upstreams: { l: { url: "http://127.0.0.1:1" } }
        routes:
          - { id: o, match: { path: /o/{id} }, legacy: l, compare: orders }
        """;
    assertThat(edited(text, PRICE).text())
        .isEqualTo(
            text.replace(
                "because   # yes\n",
                """
                because   # yes
                    - name: "price"
                      at: "$.price"
                      kind: value
                      owner: "ann"
                      reason: "rounded"
                """));
  }

  @Test
  void bracketsAndBracesStayInTheirLine() {
    String text =
        "version: 1\n"
            + UPSTREAM
            + "routes: [{ id: o, match: { path: /o/{id} }, legacy: l, compare: orders }]\n"
            + "profiles: { orders: { extends: strict } } # end";
    assertThat(edited(text, PRICE).text())
        .isEqualTo(
            text.replace(
                "{ extends: strict }",
                "{ extends: strict, tolerate: [{ name: \"price\", at: \"$.price\", kind: value,"
                    + " owner: \"ann\", reason: \"rounded\" }] }"));
  }

  @Test
  void aBuiltInProfileIsExtendedByOneOfTheRoutesOwn() {
    String text =
        "version: 1\n"
            + UPSTREAM
            + """
            routes:
              - id: orders
                match: { path: /o/{id} }
                legacy: l
                compare: dotnet-json  # for now
              - { id: rest, match: { path: /** }, legacy: l, compare: dotnet-json }""";
    Planned.Edited edited = edited(text, PRICE);
    assertThat(edited.profile()).isEqualTo("orders");
    assertThat(edited.text())
        .contains("    compare: orders  # for now\n")
        .endsWith(
            """
            compare: dotnet-json }
            profiles:
              orders:
                extends: dotnet-json
                tolerate:
                  - name: "price"
                    at: "$.price"
                    kind: value
                    owner: "ann"
                    reason: "rounded"
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // nothing is compared by name: strict
        "routes:\n- id: o\n  match: {path: /o/{id}}\n  legacy: l\n",
        "routes: [{id: o, match: {path: /o/{id}}, legacy: l}]\n",
        "routes:\r\n  - id: o\r\n    legacy: l\r\n    match:\r\n      path: /o\r\n",
        "profiles:\n  o: { extends: strict }\nroutes: [{id: o, match: {path: /o}, legacy: l}]",
        "profiles: {}\nroutes: [{id: \"true\", match: {path: /o}, legacy: l}]",
        // one of its own
        "profiles:\n  p:\n    tolerate: []\nroutes: [{id: o, match: {path: /o}, legacy: l, compare: p}]\n",
        "profiles:\n  p: {}\nroutes: [{id: o, match: {path: /o}, legacy: l, compare: p}]\n",
        "routes: [{id: o, match: {path: /o}, legacy: l, compare: p}]\nprofiles:\n  p:\n    headers: [etag]",
        """
        routes: [{id: o, match: {path: /o}, legacy: l, compare: p}]
        profiles:
          q: {extends: p}
          p:
            tolerate:
              - {name: x, at: $.x, kind: value, owner: a, reason: b,}
        """,
        """
        routes: [{id: o, match: {path: /o}, legacy: l, compare: p}]
        profiles:
          p:
            tolerate:
              - name: x
                at: $.x
                kind: value
                owner: a
                reason: >
                  in two
                  lines

          q: {}
        """,
      })
  void whateverTheStyleTheFileSaysThatMuchMoreAndNothingElse(String written) {
    String text = "version: 1 # 😀\n" + UPSTREAM + written;
    Planned.Edited edited = edited(text, LEAD, PRICE);
    CompareProfile profile = edited.rules().profiles().get(edited.profile());
    assertThat(profile.tolerances()).contains(LEAD, PRICE);
    assertThat(edited.text()).contains("# 😀");
    assertThat(edited.text().replaceAll("\r\n", "").contains("\r")).isFalse();
    if (text.contains("\r\n")) {
      assertThat(edited.text().lines().count())
          .isGreaterThan(written.lines().count())
          .isEqualTo(edited.text().split("\r?\n", -1).length - 1);
    }
  }

  @Test
  void ofSeveralFilesTheOneThatHasTheProfileChanges() {
    Map<String, String> sources =
        Map.of(
            "a.yaml",
            "version: 1\n" + UPSTREAM + "profiles:\n  p:\n    extends: strict\n",
            "b.yaml",
            "version: 1\nroutes: [{id: o, match: {path: /o}, legacy: l, compare: p}]\n");
    Planned.Edited edited = (Planned.Edited) plan(sources, PRICE);
    assertThat(edited.file()).isEqualTo("a.yaml");
    assertThat(edited.text()).startsWith(sources.get("a.yaml"));
  }

  @Test
  void anAliasThatOthersShareIsLeftAlone() {
    String text =
        "version: 1\n"
            + UPSTREAM
            + """
            profiles:
              q: { tolerate: &all [{ name: x, at: $.x, kind: value, owner: a, reason: b }] }
              p: { tolerate: *all }
            routes: [{id: o, match: {path: /o}, legacy: l, compare: p}]
            """;
    assertThat(plan(Map.of("r.yaml", text), PRICE))
        .isInstanceOfSatisfying(
            Planned.Refused.class,
            refused -> assertThat(refused.why()).contains("shared with other places"));
  }

  @Test
  void aNameThatStandsAlreadyIsRefusedWithTheReadersWords() {
    String text =
        "version: 1\n"
            + UPSTREAM
            + """
            profiles:
              p: { tolerate: [{ name: price, at: $.x, kind: value, owner: a, reason: b }] }
            routes: [{id: o, match: {path: /o}, legacy: l, compare: p}]
            """;
    assertThat(plan(Map.of("r.yaml", text), PRICE))
        .isInstanceOfSatisfying(
            Planned.Refused.class, refused -> assertThat(refused.why()).contains("stands twice"));
  }

  private static Planned.Edited edited(String text, Tolerance... added) {
    Planned planned = plan(Map.of("r.yaml", text), added);
    assertThat(planned).as(text).isInstanceOf(Planned.Edited.class);
    return (Planned.Edited) planned;
  }

  private static Planned plan(Map<String, String> sources, Tolerance... added) {
    ReadResult read = RuleSetReader.read(sources);
    assertThat(read).isInstanceOf(ReadResult.Accepted.class);
    RuleSet rules = ((ReadResult.Accepted) read).rules();
    return ToleranceEdit.plan(sources, rules, rules.routes().getFirst(), List.of(added));
  }
}
