package dev.banyan.rules;

import static dev.banyan.rules.RuleFiles.accepted;
import static dev.banyan.rules.RuleFiles.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule sets of several files, and files that cannot be read. */
class RuleFolderTest {
  private static final String UPSTREAMS =
      "version: 1\nupstreams:\n  legacy:\n    url: http://127.0.0.1:1\n";
  private static final String ROUTES =
      "version: 1\nroutes:\n  - { id: a, match: { path: /** }, legacy: legacy }\n";

  @TempDir private Path folder;

  @Test
  void theFilesOfAFolderAreOneRuleSet() throws IOException {
    write("a-routes.yaml", ROUTES);
    write("b-upstreams.yml", UPSTREAMS);
    write("notes.txt", "not a rule");
    write(".hidden.yaml", "not a rule");
    Files.createDirectory(folder.resolve("folder.yaml"));

    assertThat(accepted(RuleSetReader.read(folder)).routes()).hasSize(1);
  }

  @Test
  void aNameThatStandsInTwoFilesIsToldWithBothPlaces() throws IOException {
    write("a.yaml", UPSTREAMS);
    write("b.yaml", UPSTREAMS + "routes: [{ id: a, match: { path: /a }, legacy: legacy }]\n");
    write("c.yaml", ROUTES);

    assertThat(problems(RuleSetReader.read(folder)))
        .containsExactly(
            file("b.yaml")
                + ":3: upstreams.legacy: upstream legacy stands twice, first at "
                + file("a.yaml")
                + ":3 (give one of them another name)",
            file("c.yaml")
                + ":3: routes[0]: route a stands twice, first at "
                + file("b.yaml")
                + ":5 (give one of them another name)");
  }

  @Test
  void routesThatTieAcrossFilesAreToldWithBothPlaces() throws IOException {
    write("a.yaml", UPSTREAMS + "routes: [{ id: x, match: { path: /** }, legacy: legacy }]\n");
    write("b.yaml", ROUTES);

    assertThat(problems(RuleSetReader.read(folder)))
        .containsExactly(
            file("b.yaml")
                + ":3: routes[0]: route a can take the same requests as x at "
                + file("a.yaml")
                + ":5 (make one of them more specific: method, path, host, a header or a query"
                + " parameter)");
  }

  @Test
  void everyFileSaysItsVersion() throws IOException {
    write("a.yaml", UPSTREAMS);
    write("b.yaml", ROUTES.replace("version: 1\n", ""));

    assertThat(problems(RuleSetReader.read(folder)))
        .containsExactly(
            file("b.yaml") + ":1: document: missing key: version (begin the file with version: 1)");
  }

  @Test
  void namesAreNotCalledUndefinedWhereAFileCouldNotBeRead() throws IOException {
    write("a.yaml", "upstreams: [");
    write("b.yaml", ROUTES);

    assertThat(problems(RuleSetReader.read(folder)))
        .singleElement()
        .asString()
        .startsWith(file("a.yaml") + ":1: document: ");
  }

  @Test
  void theDigestIsThatOfTheTextsWhateverTheFilesAreCalled() throws IOException {
    write("a.yaml", UPSTREAMS);
    write("b.yaml", ROUTES);
    String digest = accepted(RuleSetReader.read(folder)).digest();
    Files.move(folder.resolve("b.yaml"), folder.resolve("c.yaml"));
    String renamed = accepted(RuleSetReader.read(folder)).digest();
    write("c.yaml", ROUTES + "# a remark\n");
    String changed = accepted(RuleSetReader.read(folder)).digest();

    assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(renamed).isNotEqualTo(changed);
  }

  @Test
  void aFileThatIsNotThereIsAProblem() {
    assertThat(problems(RuleSetReader.read(folder.resolve("none.yaml"))))
        .containsExactly(file("none.yaml") + ":1: file: there is no such file (check the path)");
  }

  @Test
  void anEmptyFolderIsAProblem() {
    assertThat(problems(RuleSetReader.read(folder)))
        .containsExactly(
            folder + ":1: folder: no rule files here (expected files that end in .yaml or .yml)");
  }

  @Test
  void bytesThatAreNotUtf8AreAProblem() throws IOException {
    Files.write(folder.resolve("a.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});

    assertThat(problems(RuleSetReader.read(folder.resolve("a.yaml"))))
        .containsExactly(file("a.yaml") + ":1: file: not UTF-8 (save it as UTF-8)");
  }

  @Test
  void whatIsNoRegularFileIsNotReadForEver() {
    assertThat(problems(RuleSetReader.read(Path.of("/dev/zero"))))
        .containsExactly("/dev/zero:1: file: not a regular file (expected a file or a folder)");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
