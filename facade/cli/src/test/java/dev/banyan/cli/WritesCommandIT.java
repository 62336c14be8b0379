package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of mirrored writes. */
class WritesCommandIT {
  private static final String WRITES = "GET /api/v1/routes/a/writes";

  @TempDir Path data = Path.of("");

  @Test
  void whatDidNotArriveIsCountedAndListedWithItsKey() throws Exception {
    try (AdminStub admin = new AdminStub(data)) {
      admin.answers(
          WRITES,
          200,
          """
          {"routeId":"a","policy":"after-success",
           "counts":{"arrived":{"2xx":7},"given-up":{"connect-refused":1,"queue-full":2}},
           "missing":[{"at":"2026-01-01T00:00:00Z","method":"POST","outcome":"given-up",
             "reason":"connect-refused","tries":4,"key":"banyan-1"}]}""");

      var run = admin.run("writes", "a");

      assertThat(run.code()).isZero();
      assertThat(run.out())
          .contains("writes: after-success")
          .containsPattern("arrived +2xx 7")
          .containsPattern("given-up +connect-refused 1, queue-full 2")
          .contains("POST", "connect-refused", "banyan-1");
    }
  }

  @Test
  void aRouteWithoutMirroredWritesSaysSo() throws Exception {
    try (AdminStub admin = new AdminStub(data)) {
      admin.answers(
          WRITES, 200, "{\"routeId\":\"a\",\"policy\":\"never\",\"counts\":{},\"missing\":[]}");

      assertThat(admin.run("writes", "a").out().strip()).isEqualTo("writes: never");
      assertThat(admin.run("writes", "a", "--json").out()).contains("\"policy\":\"never\"");
    }
  }
}
