package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with which a person says: I have seen it. */
class SecondLookIT {
  private static final String APPROVAL = "/api/v1/routes/a/approval";
  private static final String ASKED =
      """
      {"routeId":"a","state":"asked","change":"c0ffee","from":"shadow","to":"canary:5",
       "askedBy":"ada","approver":null,"expires":"2026-11-22T12:00:00Z"}""";
  private static final String GIVEN =
      ASKED.replace("asked\",\"change", "given\",\"change").replace("null", "\"grace\"");

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
  void whatIsApprovedIsTheChangeThatWasShown() {
    admin.answers("GET " + APPROVAL, 200, ASKED).answers("POST " + APPROVAL, 200, GIVEN);

    var run = admin.run("approve", "a");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("a: shadow -> canary:5", "asked for by ada", "approved by grace");
    assertThat(admin.requests()).last().asString().contains("\"change\":\"c0ffee\"");
  }

  @Test
  void aDryRunOnlyShowsWhatIsAskedFor() {
    admin.answers("GET " + APPROVAL, 200, ASKED);

    var run = admin.run("approve", "a", "--dry-run");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("not approved yet", "until 2026-11-22T12:00:00Z");
    assertThat(admin.requests()).hasSize(1);
    assertThat(admin.run("approve", "a", "--dry-run", "--json").out()).contains("\"c0ffee\"");
  }

  @Test
  void whereNobodyAsksThereIsNothingToApprove() {
    admin.answers("GET " + APPROVAL, 200, "{\"routeId\":\"a\",\"state\":\"none\"}");

    var run = admin.run("approve", "a");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("nobody asks");
  }

  @Test
  void anAcknowledgementSaysWhatItWasAndWhenItGoesOn() {
    admin.answers(
        "POST /api/v1/routes/a/watch/acknowledgement",
        200,
        """
        {"routeId":"a","state":"acknowledged","breachedAt":"2026-11-21T12:00:00Z",
         "coolUntil":"2026-11-21T12:10:00Z","reasons":["errors: 20 of 20"],"acknowledgedBy":"ada"}""");

    var run = admin.run("acknowledge", "a");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("acknowledged by ada", "from 2026-11-21T12:10:00Z on", "- errors: 20 of 20");
  }

  @Test
  void replicasFailsWhileOneLags() {
    String replicas =
        """
        {"self":"x","serving":7,"revision":8,"complete":false,
         "replicas":[{"id":"x","revision":7,"seenAt":"2026-11-21T12:00:00Z","live":true}]}""";
    admin
        .answers("GET /api/v1/replicas", 200, replicas)
        .answers("GET /api/v1/replicas", 200, replicas.replace("false", "true"));

    var lagging = admin.run("replicas");
    assertThat(lagging.code()).isEqualTo(1);
    assertThat(lagging.out()).contains("not served everywhere yet");
    assertThat(admin.run("replicas").code()).isZero();
  }

  @Test
  void aRollbackThatIsNotWrittenYetSaysSo() {
    admin.answers(
        "POST /api/v1/routes/a/stage",
        200,
        "{\"routeId\":\"a\",\"from\":\"live\",\"to\":\"legacy\",\"revision\":null,\"dryRun\":false}");

    assertThat(admin.run("rollback", "a").out())
        .contains("a: live -> legacy (in force; the ledger gets it as soon as it answers)");
  }
}
