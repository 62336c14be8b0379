package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change something. */
class ChangingIT {
  private static final String STAGE = "POST /api/v1/routes/a/stage";
  private static final String FLIP =
      """
      {"routeId":"a","from":"shadow","to":"canary:10","revision":8,"dryRun":false,
       "verdict":{"word":"ready","reasons":[]}}""";
  private static final String RECORDING = "/api/v1/routes/a/contract/recording";

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

  @Test
  void promoteWithoutAStageAsksForTheNext() {
    admin.answers(STAGE, 200, FLIP);

    var run = admin.run("promote", "a");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("a: shadow -> canary:10 (revision 8)", "verdict: ready");
    assertThat(admin.requests()).last().asString().contains("\"to\":\"next\"");
  }

  @Test
  void promoteSendsAllItWasTold() {
    admin.answers(STAGE, 200, FLIP);

    admin.run(
        "promote",
        "a",
        "--to",
        "live",
        "--reason",
        "proven",
        "--override",
        "--expect-revision",
        "7");

    assertThat(admin.requests())
        .last()
        .asString()
        .contains("\"to\":\"live\"", "\"reason\":\"proven\"", "\"override\":true")
        .contains("\"expectedRevision\":7", "\"dryRun\":false");
  }

  @Test
  void aDryRunSaysWhatWouldBe() {
    admin.answers(STAGE, 200, FLIP.replace("\"dryRun\":false", "\"dryRun\":true"));

    assertThat(admin.run("promote", "a", "--dry-run").out())
        .contains("would flip a: shadow -> canary:10")
        .doesNotContain("revision");
    assertThat(admin.requests()).last().asString().contains("\"dryRun\":true");
  }

  @Test
  void aRefusalShowsItsReasonsAndEndsWithOne() {
    var problem =
        """
        {"title":"Refused","detail":"by the gate","verdict":{"word":"insufficient"},
         "reasons":["too few samples","no contract"]}""";
    admin.refuses(STAGE, 422, problem);

    var run = admin.run("promote", "a", "--to", "live");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly(
            "Refused (422)",
            "by the gate",
            "verdict: insufficient",
            "  - too few samples",
            "  - no contract");

    var json = admin.run("promote", "a", "--json");
    assertThat(json.code()).isEqualTo(1);
    assertThat(json.out()).isEqualTo(problem + System.lineSeparator());
  }

  @Test
  void shadowGoesToShadow() {
    admin.answers(STAGE, 200, FLIP.replace("canary:10", "shadow"));

    assertThat(admin.run("shadow", "a", "--reason", "look").code()).isZero();
    assertThat(admin.requests())
        .last()
        .asString()
        .contains("\"to\":\"shadow\"", "\"reason\":\"look\"");
  }

  @Test
  void rollbackGoesToLegacy() {
    admin.answers(STAGE, 200, FLIP.replace("canary:10", "legacy"));

    assertThat(admin.run("rollback", "a", "--json").out()).contains("\"to\":\"legacy\"");
    assertThat(admin.requests()).last().asString().contains("\"to\":\"legacy\"");
  }

  @Test
  void rollbackOfAllEndsWithOneWhereARouteStays() {
    admin.answers(
        "POST /api/v1/rollback", 200, "{\"rolledBack\":[%s],\"failed\":[]}".formatted(FLIP));
    admin.answers(
        "POST /api/v1/rollback",
        200,
        "{\"rolledBack\":[],\"failed\":[{\"routeId\":\"b\",\"detail\":\"busy\"}]}");

    var done = admin.run("rollback", "--all");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("a: shadow -> canary:10");

    var failed = admin.run("rollback", "--all");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("not rolled back: b: busy");
  }

  @Test
  void aDryRunOfARollbackSaysWhatWouldBe() {
    admin.answers(
        "POST /api/v1/rollback",
        200,
        "{\"rolledBack\":[{\"routeId\":\"a\",\"from\":\"live\",\"to\":\"legacy\","
            + "\"dryRun\":true}],\"failed\":[]}");

    var run = admin.run("rollback", "--all", "--dry-run");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("would flip a: live -> legacy");
    assertThat(admin.requests()).last().asString().contains("\"dryRun\":true");
  }

  @Test
  void aDryRunSaysWhatStandsAgainstTheStep() {
    admin.answers(
        STAGE,
        200,
        "{\"routeId\":\"a\",\"from\":\"shadow\",\"to\":\"canary:10\",\"dryRun\":true,"
            + "\"against\":\"approval: none yet\"}");

    assertThat(admin.run("promote", "a", "--dry-run").out())
        .contains("would flip a: shadow -> canary:10", "against it: approval: none yet");
  }

  @Test
  void approvalsListWhatWaitsForASecondPerson() {
    admin.answers(
        "GET /api/v1/approvals",
        200,
        """
        {"approvals":[
         {"routeId":"a","state":"asked","from":"shadow","to":"canary:10","askedBy":"ada",
          "approver":null,"expires":"2026-01-02T00:00:00Z","change":"c1"},
         {"routeId":"b","state":"given","from":"shadow","to":"canary:5","askedBy":"ada",
          "approver":"grace","expires":"2026-01-02T00:00:00Z","change":"c2"}]}""");
    admin.answers("GET /api/v1/approvals", 200, "{\"approvals\":[]}");

    assertThat(admin.run("approvals").out())
        .contains("ada", "nobody yet", "canary:10", "grace", "2026-01-02T00:00:00Z");
    assertThat(admin.run("approvals").out()).contains("Nothing waits for a second person.");
  }

  @Test
  void recordingWaitsForTheCountAndWritesTheContract() throws IOException {
    admin.answers("POST " + RECORDING, 202, "{\"state\":\"recording\",\"kept\":0,\"limit\":2}");
    admin.answers("GET " + RECORDING, 200, "{\"state\":\"recording\",\"kept\":1,\"limit\":2}");
    admin.answers("GET " + RECORDING, 200, "{\"state\":\"recording\",\"kept\":2,\"limit\":2}");
    admin.answers(
        "GET " + RECORDING,
        200,
        "{\"state\":\"none\",\"kept\":0,\"leftOut\":{\"credential\":3,\"trailers\":1}}");
    admin.answersYaml("DELETE " + RECORDING, "version: 1\n");
    var file = data.resolve("a.yaml");

    var run =
        admin.run("contracts", "record", "--route", "a", "--count", "2", "--out", file.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(file).hasContent("version: 1\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("1 of 2", "2 of 2", file.toString())
        .contains("left out, credential: 3", "left out, trailers: 1");
    assertThat(admin.requests()).first().asString().contains("\"limit\":2");
  }

  @Test
  void recordingEndsWithItsTime() {
    admin.answers("POST " + RECORDING, 202, "{\"state\":\"recording\",\"kept\":0}");
    admin.answers("GET " + RECORDING, 200, "{\"state\":\"recording\",\"kept\":0}");
    admin.refuses("DELETE " + RECORDING, 409, "{\"title\":\"Nothing was recorded\"}");

    var run = admin.run("contracts", "record", "--route", "a", "--for", "1ms");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Nothing was recorded (409)");
  }

  @Test
  void reloadTellsTheRulesOrAllTheirProblems() {
    admin.answers("POST /api/v1/rules/reload", 200, "{\"digest\":\"ab12\",\"routes\":6}");
    admin.refuses(
        "POST /api/v1/rules/reload",
        422,
        """
        {"title":"Rules are not valid","problems":[
         {"file":"r.yaml","line":3,"place":"routes[0].id","what":"missing","cure":"name it"},
         {"file":"r.yaml","line":9,"place":"routes[1].stage","what":"unknown","cure":"shadow"}]}""");

    assertThat(admin.run("rules", "reload").out()).contains("6 routes", "ab12");
    var refused = admin.run("rules", "reload");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("r.yaml:3 routes[0].id: missing (name it)")
        .contains("r.yaml:9 routes[1].stage: unknown (shadow)");
  }

  @Test
  void statusTellsTheRulesInForceAndThoseThatWereNotTaken() {
    admin.answers(
        "GET /api/v1/rules",
        200,
        """
        {"state":"ok","digest":"ab12","routes":6,"loadedAt":"2026-01-01T00:00:00Z","reloads":2,
         "lastChange":{"added":["new"],"removed":[]},"lastProblem":null}""");
    admin.answers(
        "GET /api/v1/rules",
        200,
        """
        {"state":"degraded","digest":"ab12","routes":6,"loadedAt":"2026-01-01T00:00:00Z",
         "reloads":2,"lastChange":{},"lastProblem":{"at":"2026-01-02T00:00:00Z","problems":[
         {"file":"r.yaml","line":3,"place":"routes[0].id","what":"missing","cure":"name it"}]}}""");

    var good = admin.run("rules", "status");
    assertThat(good.code()).isZero();
    assertThat(good.out())
        .contains("ok: 6 routes since 2026-01-01T00:00:00Z, digest ab12, 2 reloads")
        .contains("last change, added: [\"new\"]")
        .doesNotContain("removed");
    var bad = admin.run("rules", "status");
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out())
        .contains("degraded", "Not taken at 2026-01-02T00:00:00Z")
        .contains("r.yaml:3 routes[0].id: missing (name it)");
  }

  @Test
  void wrongUsageEndsWithTwoAndAsksNothing() throws IOException {
    Files.delete(data.resolve("admin-url"));
    for (var line :
        new String[] {
          "promote",
          "rollback",
          "rollback a --all",
          "promote a --expect-revision x",
          "promote a --override",
          "explain GET / -H nonsense",
          "contracts record",
          "contracts record --route a --for soon",
          "contracts record --route a --count 0",
          "contracts",
          "rules",
          "no-such",
          "routes --no-such"
        }) {
      assertThat(AdminStub.command(line.split(" ")).code()).as(line).isEqualTo(2);
    }
    assertThat(admin.requests()).isEmpty();
  }
}
