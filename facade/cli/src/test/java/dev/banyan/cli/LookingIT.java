package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change nothing. */
class LookingIT {
  private static final String ROUTE =
      """
      {"id":"catalog.product","kind":"forward","methods":["GET"],"path":"/api/products/{id}",
       "legacy":"legacy","migrated":"catalog","stage":"canary:10","requests":1203,"matched":1100,
       "tolerated":3,"mismatched":2,"incomparable":1,"skipped":7,"legacyP95Millis":12.34,
       "migratedP95Millis":null,"verdict":{"word":"not-ready","reasons":["too slow"]}}""";

  @TempDir Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // set before each test
  private AdminStub admin;

  @BeforeEach
  void start() throws IOException {
    admin = new AdminStub(data);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private String asReceived(String request, String body, String... command) {
    admin.answers(request, 200, body);
    var json = new java.util.ArrayList<>(java.util.List.of(command));
    json.add("--json");
    assertThat(admin.run(json.toArray(String[]::new)).out())
        .isEqualTo(body + System.lineSeparator());
    var run = admin.run(command);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void routesAreATable() {
    var body =
        "{\"revision\":4,\"ledger\":\"up\",\"routes\":[%s,%s]}"
            .formatted(ROUTE, "{\"id\":\"internals\",\"kind\":\"refuse\",\"status\":403}");

    var lines = asReceived("GET /api/v1/routes", body, "routes").lines().toList();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).split("\\s{2,}"))
        .containsExactly(
            "id",
            "stage",
            "requests",
            "matched",
            "tolerated",
            "mismatched",
            "skipped",
            "p95 legacy",
            "p95 migrated",
            "verdict");
    assertThat(lines.get(1).split("\\s{2,}"))
        .containsExactly(
            "catalog.product",
            "canary:10",
            "1203",
            "1100",
            "3",
            "2",
            "7",
            "12.3 ms",
            "-",
            "not-ready");
    assertThat(lines.get(2)).startsWith("internals").contains("refuse 403");
  }

  @Test
  void aLedgerThatIsDownIsSaidBesideTheTable() {
    admin.answers("GET /api/v1/routes", 200, "{\"ledger\":\"down\",\"routes\":[]}");

    assertThat(admin.run("routes").err()).contains("ledger is down", "stages cannot be changed");
  }

  @Test
  void routeShowsEveryFieldAndTheReasons() {
    var shown = asReceived("GET /api/v1/routes/catalog.product", ROUTE, "route", "catalog.product");

    assertThat(shown)
        .contains("/api/products/{id}", "canary:10", "verdict: not-ready", "  - too slow");
  }

  @Test
  void explainTellsTheDecisionAndWhatWasConsidered() {
    var shown =
        asReceived(
            "GET /api/v1/explain?method=GET&url=%2Fapi%2Fproducts%2F1%3Fa%3Db&header=Accept%3A%20*%2F*"
                .replace("*%2F*", AdminClient.encoded("*/*")),
            """
            {"decision":"serve","routeId":"catalog.product","side":"legacy","upstream":"legacy",
             "stage":"shadow","mirror":true,"considered":[
             {"routeId":"internals","matched":false,"why":"path differs"},
             {"routeId":"catalog.product","matched":true,"why":"path and method"}]}""",
            "explain",
            "GET",
            "/api/products/1?a=b",
            "-H",
            "Accept: */*");

    assertThat(shown)
        .contains("served by legacy", "route catalog.product", "stage shadow", "mirrored")
        .contains("- internals: path differs", "+ catalog.product: path and method");
  }

  @Test
  void explainTellsARefusal() {
    var shown =
        asReceived(
            "GET /api/v1/explain?method=GET&url=%2Fbin%2Fa",
            "{\"decision\":\"refuse\",\"routeId\":\"internals\",\"status\":403,\"reason\":\"by rule\"}",
            "explain",
            "GET",
            "/bin/a");

    assertThat(shown).contains("refused with 403 by internals: by rule");
  }

  @Test
  void parityTellsTheEvidenceWithTheDrops() {
    var shown =
        asReceived(
            "GET /api/v1/routes/catalog.product/evidence",
            """
            {"routeId":"catalog.product","since":"2026-01-01T00:00:00Z","requests":90,"matched":80,
             "tolerated":1,"mismatched":2,"incomparable":{"body-too-large":3},
             "skipped":{"queue-full":4,"not-safe":5},
             "legacy":{"answers":90,"errors":0,"p50Millis":1,"p95Millis":2.26,"p99Millis":3},
             "migrated":{"answers":83,"errors":6,"p50Millis":1,"p95Millis":9,"p99Millis":null},
             "contracts":{"at":"2026-01-02T00:00:00Z","passed":7,"failed":1},
             "reach":"all replicas","replicas":[
              {"id":"aa","self":true,"live":true,"version":"v2","counted":true,"requests":60,
               "matched":50,"tolerated":1,"mismatched":2},
              {"id":"bb","self":false,"live":false,"version":"v1","counted":false,"requests":30,
               "matched":30,"tolerated":0,"mismatched":0}],
             "verdict":{"word":"not-ready","reasons":["too many mismatches","too slow"]}}""",
            "parity",
            "catalog.product");

    assertThat(shown)
        .contains("90 requests", "80 matched, 1 tolerated, 2 mismatched", "body-too-large 3")
        .contains("queue-full 4", "not-safe 5", "p95 2.3 ms", "6 errors", "7 passed, 1 failed")
        .contains("seen by: all replicas", "aa (this one): 60 requests, 53 compared, 2 mismatched")
        .contains("bb (gone): 30 requests", "version v1; not counted: another version")
        .contains("verdict: not-ready", "  - too many mismatches", "  - too slow");
  }

  @Test
  void parityTellsWhatIsCalledNoiseAndWhatIsMissing() {
    var shown =
        asReceived(
            "GET /api/v1/routes/catalog.product/evidence",
            """
            {"routeId":"catalog.product","verdict":{"word":"insufficient","reasons":[]},
             "noise":{"baselinePairs":40,"notRepeated":{"rate":7},"places":[
              {"location":"$.id","kind":"value","called":"noise","accepted":true,"missing":null,
               "baseline":{"differed":40,"of":40,"low":0.823,"high":1},
               "candidate":{"differed":200,"of":200,"low":0.951,"high":1}},
              {"location":"$.at","kind":"value","called":"insufficient","accepted":false,"missing":9,
               "baseline":{"differed":4,"of":40,"low":0.01,"high":0.3},
               "candidate":{"differed":9,"of":200,"low":0.01,"high":0.2}}]}}""",
            "parity",
            "catalog.product");

    assertThat(shown)
        .contains("noise: looked for in 40 baseline pairs, not repeated: rate 7")
        .contains("$.id value: noise, accepted; legacy differs from itself in 40 of 40 (82.3% to")
        .contains("$.at value: insufficient, about 9 more baseline pairs; legacy");
  }

  @Test
  void mismatchesShowTheFirstSideBySide() {
    var shown =
        asReceived(
            "GET /api/v1/routes/orders.read/mismatches",
            """
            {"routeId":"orders.read","dropped":3,
             "hidden":[{"name":"price","count":7,"owner":"ann","reason":"rounded","expires":"2027-01-31"}],
             "signatures":[
             {"id":"aaaabbbbcccc","location":"$.ShippedDate","kind":"value","diagnosis":"zone-shift",
              "looksLike":"a shift by a time zone",
              "cure":{"rule":"tolerate:\\n  - { kind: value }\\n","code":"read it in its zone"},
              "standing":"mismatch","count":41,"exemplars":[
              {"method":"GET","target":"/Orders.ashx?id=1","controlSide":"legacy",
               "control":{"status":200,"body":"{\\"Id\\":1,\\"ShippedDate\\":\\"A\\"}"},
               "candidate":{"status":200,"body":"{\\"Id\\":1,\\"ShippedDate\\":\\"B\\"}"},
               "differences":[{"location":"$.ShippedDate","kind":"value","control":"A","candidate":"B"}]
              }]},
             {"id":"ddddeeeeffff","location":"$.Id","kind":"missing","diagnosis":"",
              "standing":"tolerated","count":100,"exemplars":[]}]}""",
            "mismatches",
            "orders.read");

    var lines = shown.lines().toList();
    assertThat(lines.get(1))
        .contains("aaaabbbbcccc", "mismatch", "41", "$.ShippedDate", "value", "zone-shift");
    assertThat(lines.get(2)).contains("ddddeeeeffff", "tolerated", "100", "$.Id", "missing");
    assertThat(shown).contains("accepted by price: 7 (ann: rounded; until 2027-01-31)");
    assertThat(shown)
        .contains("aaaabbbbcccc $.ShippedDate value: a shift by a time zone")
        .contains("cure in code: read it in its zone", "      - { kind: value }");
    assertThat(shown).contains("3 more", "GET /Orders.ashx?id=1", "control is legacy");
    assertThat(lines)
        .anyMatch(l -> l.matches(".*\"ShippedDate\" : \"A\"\\s+! +\"ShippedDate\" : \"B\".*"));
  }

  @Test
  void noMismatchesAreSaidInASentence() {
    admin.answers("GET /api/v1/routes/a/mismatches", 200, "{\"signatures\":[],\"dropped\":0}");

    assertThat(admin.run("mismatches", "a").out()).contains("No differences");
  }

  @Test
  void aToleranceIsProposedForTheRouteThatHasTheSignature() {
    admin.answers(
        "GET /api/v1/routes",
        200,
        "{\"routes\":[{\"id\":\"a\",\"kind\":\"forward\"},{\"id\":\"b\",\"kind\":\"forward\"}]}");
    admin.answers("GET /api/v1/routes/a/mismatches", 200, "{\"signatures\":[]}");
    admin.answers(
        "GET /api/v1/routes/b/mismatches", 200, "{\"signatures\":[{\"id\":\"aaaabbbbcccc\"}]}");
    admin.answers(
        "POST /api/v1/routes/b/mismatches/aaaabbbbcccc/tolerance-proposal",
        200,
        """
        {"yaml":"profiles:\\n  p:\\n","settles":"tolerated","unknown":[],"hides":[
         {"routeId":"b","signature":"ddddeeeeffff","location":"$.x","kind":"value","count":3}]}""");

    var shown = admin.run("tolerate", "aaaabbbbcccc", "--reason", "known");

    assertThat(shown.code()).isZero();
    assertThat(shown.out())
        .contains("    p:", "would be accepted", "hide as well", "b ddddeeeeffff $.x value (3)");
    assertThat(admin.run("tolerate", "000000000000", "--reason", "known").code()).isEqualTo(1);
    assertThat(admin.run("tolerate", "aaaabbbbcccc").code()).isEqualTo(2);
  }

  @Test
  void historyIsATableOfOneRouteOrAll() {
    var body =
        """
        {"entries":[{"revision":7,"at":"2026-01-01T00:00:00Z","routeId":"a","from":"shadow",
         "to":"live","who":"ann","why":"proven"}]}""";

    assertThat(asReceived("GET /api/v1/history?limit=50", body, "history"))
        .contains("7", "shadow", "live", "ann", "proven");
    assertThat(
            asReceived(
                "GET /api/v1/routes/a/history?limit=3", body, "history", "a", "--limit", "3"))
        .contains("proven");
  }

  @Test
  void aBrokenLedgerEndsWithOne() {
    admin.answers("GET /api/v1/ledger/verification", 200, "{\"intact\":true,\"entries\":9}");
    assertThat(admin.run("history", "--verify").out()).contains("intact: 9 entries");

    admin.answers(
        "GET /api/v1/ledger/verification",
        200,
        "{\"intact\":false,\"brokenAtRevision\":5,\"reason\":\"hash differs\"}");
    admin.run("history", "--verify");
    var broken = admin.run("history", "--verify");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).contains("BROKEN at revision 5: hash differs");
  }

  @Test
  void contractsAreListedWithTheirReports() {
    var shown =
        asReceived(
            "GET /api/v1/contracts",
            """
            {"contracts":[{"routeId":"a","interactions":12,"recordedAt":"2026-01-01T00:00:00Z",
             "report":{"passed":11,"failed":1}}]}""",
            "contracts",
            "list");

    assertThat(shown.lines().toList().get(1).split("\\s{2,}"))
        .containsExactly("a", "12", "2026-01-01T00:00:00Z", "11", "1");
  }
}
