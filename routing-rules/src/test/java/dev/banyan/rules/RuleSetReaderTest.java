package dev.banyan.rules;

import static dev.banyan.rules.RuleFiles.accepted;
import static dev.banyan.rules.RuleFiles.problems;
import static dev.banyan.rules.RuleFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleSetReaderTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  @ParameterizedTest
  @MethodSource("dev.banyan.rules.RuleFiles#accepted")
  void whatIsRightIsAcceptedAndCompiles(Path file) {
    RuleSet rules = accepted(RuleSetReader.read(file));

    assertThat(RoutingTable.compile(rules, Map.of(), java.util.Set.of(), 1).stages()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.banyan.rules.RuleFiles#rejected")
  void everyProblemIsToldWithPlaceValueAndCure(Path file) {
    Path expected = Path.of(file.toString().replace(".yaml", ".problems"));

    assertThat(problems(RuleSetReader.read(file.getFileName().toString(), text(file))))
        .containsExactlyElementsOf(text(expected).lines().toList());
  }

  @Test
  void twelveDifferentMistakesAreTwelveProblems() {
    assertThat(problems(RuleSetReader.read(RESOURCES.resolve("rejected/twelve-mistakes.yaml"))))
        .hasSize(12);
  }

  @Test
  void everyKeyArrivesInTheRuleSet() {
    RuleSet rules = accepted(RuleSetReader.read(RESOURCES.resolve("accepted/everything.yaml")));

    assertThat(rules.privateFields())
        .isEqualTo(
            new PrivateFields(
                java.util.Set.of("iban"), java.util.Set.of("$.customer.name", "header.x-user")));
    Route one = rules.routes().get(0);
    assertThat(one.match().methods()).containsExactlyInAnyOrder("GET", "HEAD");
    assertThat(one.match().host()).contains("*.shop.example");
    assertThat(one.match().path()).isEqualTo(PathTemplate.parse("/api/orders/{id}"));
    assertThat(one.match().headers()).isEqualTo(Map.of("x-tenant", "blue"));
    assertThat(one.match().query()).isEqualTo(Map.of("full", "true"));
    RouteTarget.Forward forward = (RouteTarget.Forward) one.target();
    assertThat(forward.legacy()).isEqualTo("legacy");
    assertThat(forward.migrated()).contains("orders");
    assertThat(forward.firstStage()).isEqualTo(new Stage.Canary(new Share(250)));
    assertThat(forward.shadow())
        .isEqualTo(
            new ShadowPolicy(
                new Share(1250),
                java.util.Set.of("GET"),
                ShadowPolicy.Credentials.FORWARD,
                Duration.ofSeconds(3),
                64 * 1024));
    assertThat(forward.compare()).isEqualTo("orders-json");
    assertThat(forward.budget())
        .isEqualTo(
            new Budget(
                Optional.of(Duration.ofMillis(200)),
                Optional.of(new Share(10)),
                Optional.of(new Share(2500))));
    assertThat(forward.gate())
        .isEqualTo(
            new GatePolicy(
                new Share(10),
                0.99,
                500,
                new Share(1000),
                new Share(250),
                GatePolicy.Contracts.REQUIRED,
                Duration.ofHours(12),
                GatePolicy.FourEyes.REQUIRED));
    assertThat(forward.canary())
        .isEqualTo(
            new CanaryPolicy(
                List.of(new Share(100), new Share(500), new Share(2500), new Share(5000)),
                Duration.ofMinutes(30),
                CanaryPolicy.Mode.AUTOMATIC_WITH_APPROVAL,
                new CanaryPolicy.Sticky.Header("x-tenant"),
                List.of(
                    new Cohort("x-tenant", java.util.Set.of("blue", "7"), new Share(5000)),
                    new Cohort("x-beta", java.util.Set.of("yes"), Share.ALL))));
    assertThat(forward.noise())
        .contains(
            new NoisePolicy(new Share(250), 30, Duration.ofMinutes(1), Optional.of("legacy")));
    Upstream legacy = rules.upstreams().get("legacy");
    assertThat(legacy.urls())
        .containsExactly(URI.create("http://127.0.0.1:5000"), URI.create("https://old.example"));
    assertThat(legacy.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(legacy.timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(legacy.connections()).isEqualTo(32);
    assertThat(legacy.policies())
        .isEqualTo(
            new UpstreamPolicies(
                new Affinity.Cookie("ASP.NET_SessionId"),
                new HealthPolicy(
                    Optional.of("/healthz"),
                    Duration.ofSeconds(2),
                    3,
                    Duration.ofSeconds(20),
                    new Share(4000),
                    HealthPolicy.InPanic.REFUSE),
                new RetryPolicy(2, new Share(1000), Duration.ofMillis(20)),
                new BreakerPolicy(new Share(6000), 50, Duration.ofSeconds(3)),
                500,
                new RequestBody.Buffered(2 << 20),
                new UpstreamTls(
                    Optional.of("ca.pem"),
                    Optional.of("own.pem"),
                    Optional.of("own.key"),
                    Optional.of("old.example"))));
    assertThat(forward.fallback()).isEqualTo(RouteTarget.Fallback.NONE);
    assertThat(forward.host()).isEqualTo(new HostPolicy.OfUpstream());
    CompareProfile profile = rules.profiles().get("orders-json");
    assertThat(profile.headers()).containsExactlyInAnyOrder("content-type", "etag");
    assertThat(profile.arrays()).isEqualTo(CompareProfile.Arrays.UNORDERED);
    assertThat(profile.tolerances())
        .containsExactly(
            new CompareProfile.Tolerance(
                "trace", "$.traceId", "value", "team-orders", "one per request"),
            new CompareProfile.Tolerance(
                "lead",
                CompareProfile.EVERYWHERE,
                new CompareProfile.Accepted.Rule(CompareRule.TIME_TIMESPAN),
                "team-orders",
                "all clients read both",
                Optional.of(LocalDate.of(2027, 1, 31))));
    assertThat(profile.keys()).isEqualTo(Map.of("$.lines", "sku"));
    assertThat(profile.rules())
        .contains(CompareRule.TIME_FRACTION, CompareRule.HTML_TOKENS)
        .doesNotContain(CompareRule.GUID_CASE, CompareRule.TIME_TIMESPAN);
    assertThat(rules.routes().get(2).target()).isEqualTo(new RouteTarget.Refusal(404));
    assertThat(((RouteTarget.Forward) rules.routes().get(1).target()).shadow().writes())
        .isEqualTo(new WritePolicy(WritePolicy.Writes.AFTER_SUCCESS, Duration.ofMinutes(5)));
  }

  @Test
  void whatIsLeftAwayHasItsDefault() {
    RuleSet rules = accepted(RuleSetReader.read(Path.of("samples/quickstart.yaml")));

    assertThat(rules.routes().getFirst().target())
        .isEqualTo(
            new RouteTarget.Forward(
                "legacy",
                Optional.empty(),
                new Stage.Legacy(),
                ShadowPolicy.DEFAULT,
                "strict",
                Budget.NONE,
                GatePolicy.DEFAULT));
    assertThat(rules.upstreams().get("legacy"))
        .isEqualTo(Upstream.of("legacy", URI.create("http://127.0.0.1:5000")));
    assertThat(rules.profiles())
        .containsOnlyKeys("strict", "dotnet-json", "dotnet-soap", "html-page");
  }

  @Test
  void noiseThatIsAskedForWithoutFiguresHasFewRepeatsAgainstTheRoutesOwnLegacy() {
    String text =
        """
        version: 1
        upstreams: { legacy: { url: http://127.0.0.1:1 } }
        routes:
          - { id: r, match: { path: /** }, legacy: legacy, noise: {} }
        """;

    RouteTarget target = accepted(RuleSetReader.read("rules", text)).routes().getFirst().target();

    assertThat(((RouteTarget.Forward) target).noise())
        .contains(new NoisePolicy(new Share(500), 2, Duration.ofSeconds(1), Optional.empty()));
  }

  @Test
  void aProfileTakesWhatItLeavesOpenFromTheOneItExtendsWhereverThatStands() {
    RuleSet rules = accepted(RuleSetReader.read(RESOURCES.resolve("accepted/aliases.yaml")));

    CompareProfile last = rules.profiles().get("last");
    assertThat(last.arrays()).isEqualTo(CompareProfile.Arrays.ORDERED);
    assertThat(last.headers()).containsExactly("etag");
    assertThat(last.tolerances()).hasSize(1);
    assertThat(rules.profiles().get("middle").arrays()).isEqualTo(CompareProfile.Arrays.UNORDERED);
  }

  @Test
  void aMistakeIsToldOnceAndNotAgainAsItsConsequence() {
    String text =
        """
        version: 1
        upstreams: { legacy: { url: http://127.0.0.1:1 } }
        routes:
          - { id: broken, match: { path: oops }, legacy: legacy }
          - { id: rest, match: { path: /** }, legacy: legacy }
        """;

    assertThat(problems(RuleSetReader.read("rules", text))).hasSize(1);
  }
}
