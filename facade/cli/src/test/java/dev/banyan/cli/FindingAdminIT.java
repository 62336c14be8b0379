package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the admin port and its token are looked for, and what is said where they are not. */
class FindingAdminIT {
  @TempDir Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // set before each test
  private AdminStub admin;

  @BeforeEach
  void start() throws IOException {
    admin = new AdminStub(data);
    admin.answers("GET /api/v1/routes", 200, "{\"routes\":[]}");
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void optionsWinOverTheDataFolder() throws IOException {
    var token = Files.writeString(data.resolve("elsewhere"), "secret");
    Files.writeString(data.resolve("admin-url"), "http://127.0.0.1:1");
    Files.writeString(data.resolve("admin-token"), "wrong");

    var run = admin.run("routes", "--admin", admin.url() + "/", "--token-file", token.toString());

    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void theEnvironmentWinsOverTheDataFolder() throws IOException {
    var folder = Files.createDirectory(data.resolve("d"));
    Files.writeString(folder.resolve("admin-url"), "http://127.0.0.1:1");
    Files.writeString(folder.resolve("admin-token"), "from-data");
    var file = Files.writeString(data.resolve("token"), "from-file");

    var byData = new Connection().find(Map.of("BANYAN_DATA", folder.toString()));
    assertThat(byData.token()).isEqualTo("from-data");
    assertThat(byData.url()).hasToString("http://127.0.0.1:1");

    var byToken =
        new Connection()
            .find(Map.of("BANYAN_ADMIN", "http://127.0.0.1:2", "BANYAN_TOKEN", "from-env"));
    assertThat(byToken.token()).isEqualTo("from-env");
    assertThat(byToken.url()).hasToString("http://127.0.0.1:2");

    var byFile =
        new Connection()
            .find(
                Map.of(
                    "BANYAN_DATA", folder.toString(),
                    "BANYAN_TOKEN", "from-env",
                    "BANYAN_TOKEN_FILE", file.toString()));
    assertThat(byFile.token()).isEqualTo("from-file");
  }

  @Test
  void aWrongTokenNamesItsFile() throws IOException {
    Files.writeString(data.resolve("admin-token"), "other");

    var run = admin.run("routes");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("401", data.resolve("admin-token").toString(), "--token-file");
  }

  @Test
  void aMissingTokenNamesTheFileThatIsMissing() throws IOException {
    Files.delete(data.resolve("admin-token"));

    var run = admin.run("routes");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(data.resolve("admin-token").toString(), "Cure:");
  }

  @Test
  void aTokenOfSeveralLinesIsNotSent() {
    assertThatThrownBy(
            () ->
                new Connection()
                    .find(Map.of("BANYAN_ADMIN", admin.url(), "BANYAN_TOKEN", "a\r\nX: y")))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("$BANYAN_TOKEN")
        .hasMessageContaining("expected: one line");
  }

  @Test
  void noFacadeTellsWhatWasTriedAndTheCure() throws IOException {
    Files.delete(data.resolve("admin-url"));

    var run = admin.run("routes");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("No running facade found", "--admin", "$BANYAN_ADMIN")
        .contains(data.resolve("admin-url").toString(), "Cure:", "./banyan run --rules");
  }

  @Test
  void aRefusedConnectionNamesTheUrlAndWhereItIsFrom() {
    admin.close();

    var run = admin.run("routes");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("connection refused", admin.url(), data.resolve("admin-url").toString(), "Cure:");
  }

  @Test
  void aForeignServerIsNotTakenForAFacadeWithoutRoutes() {
    admin.answers("GET /api/v1/history?limit=50", 200, "<html>hello</html>");

    var run = admin.run("history");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("not Banyan's admin port", admin.url());
  }

  @Test
  void aUrlThatIsNoneIsSaidWithWhereItIsFrom() {
    var run = admin.run("routes", "--admin", "localhost:9000");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("--admin: localhost:9000 (expected: http://HOST:PORT)");
  }
}
