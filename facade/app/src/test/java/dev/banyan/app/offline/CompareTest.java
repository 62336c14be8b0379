package dev.banyan.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MONKEYS = "\n🐵🙈🙉\n";

  @TempDir Path folder;

  @Test
  void bodiesThatSayTheSameAreEqual() throws IOException {
    String a = file("a.json", "{\"a\": 1.0, \"b\": \"'\"}");
    String b = file("b.json", "{\"b\": \"\\u0027\", \"a\": 1}");

    Ran ran = Ran.compare(a, b);

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("match         " + a + " and " + b, "1 matched, 0 tolerated");
  }

  @Test
  void aDifferenceIsShownWithItsPlaceItsDiagnosisAndItsCure() throws IOException {
    Ran ran = Ran.compare(file("a.json", "{\"n\": 9.90}"), file("b.json", "{\"n\": \"9.90\"}"));

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            "$.n type: control 9.90, candidate \"9.90\"",
            "looks like number-as-text",
            "cure in code: ",
            "kind: type");
  }

  @Test
  void theProfileSaysWhatIsTolerated() throws IOException {
    String a = file("a.json", "{\"at\": \"/Date(1394373930250)/\"}");
    String b = file("b.json", "{\"at\": \"2014-03-09T14:05:30.25Z\"}");

    assertThat(Ran.compare(a, b).exit()).isEqualTo(1);
    Ran tolerated = Ran.compare(a, b, "--profile", "dotnet-json");
    assertThat(tolerated.exit()).isZero();
    assertThat(tolerated.out()).contains("by time.dotnet-date", "1 tolerated");
  }

  @Test
  void aRouteOfTheRulesBringsItsOwnProfile() throws IOException {
    String rules =
        file(
            "rules.yaml",
            """
            version: 1
            upstreams: { legacy: { url: "http://127.0.0.1:1" }, next: { url: "http://127.0.0.1:2" } }
            profiles:
              lenient:
                extends: strict
                tolerate:
                  - { name: n, at: $.n, kind: value, owner: me, reason: it may }
            routes:
              - { id: a, match: { path: /a }, legacy: legacy, migrated: next, compare: lenient }
              - { id: rest, match: { path: /** }, legacy: legacy }
            """);
    String a = file("a.http", capture("/a", 1) + capture("/b", 1));
    String b = file("b.http", capture("/a", 2) + capture("/b", 2));

    Ran ran = Ran.compare(a, b, "--rules", rules);

    assertThat(ran.out()).contains("tolerated     GET /a by n", "mismatch      GET /b");
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void foldersAreComparedFileByFileAndWhatIsAloneIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("old/deep"));
    Files.createDirectories(folder.resolve("new/deep"));
    file("old/deep/1.json", "1");
    file("new/deep/1.json", "1");
    file("old/2.json", "2");
    file("new/3.json", "3");

    Ran ran = Ran.compare(folder.resolve("old").toString(), folder.resolve("new").toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            "1 pairs by strict, 2 unpaired",
            "only in the control's folder",
            "only in the candidate's folder");
  }

  @Test
  void whatIsHiddenIsPassedOverAtEveryLevel() throws IOException {
    for (String hidden : List.of(".git", "deep/.cache", "deep")) {
      Files.createDirectories(folder.resolve("old/" + hidden));
      file("old/" + hidden + "/.x.json", "1");
    }
    Files.createDirectories(folder.resolve("new/deep"));
    file("old/.git/HEAD", "1");
    file("old/deep/.cache/1.json", "1");
    file("old/deep/1.json", "1");
    file("new/deep/1.json", "1");

    Ran ran = Ran.compare(folder.resolve("old").toString(), folder.resolve("new").toString());

    assertThat(ran.out()).contains("1 pairs by strict, 0 unpaired");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void replayedAnswersOfOneGoReplayFileAreComparedWithTheOriginalOnes() throws IOException {
    String traffic =
        file(
            "traffic.gor",
            "1 ab 1\nGET /a HTTP/1.1\r\n\r\n"
                + MONKEYS
                + "2 ab 2 3\nHTTP/1.1 200 OK\r\n\r\nhello"
                + MONKEYS
                + "3 ab 4 5\nHTTP/1.1 404 Not Found\r\n\r\nhello"
                + MONKEYS);

    Ran ran = Ran.compare(traffic);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("mismatch      GET /a", "looks like route-missing");
  }

  @Test
  void exchangesOfTwoHarFilesArePairedByTheirRequests() throws IOException {
    String har =
        """
        {"log": {"version": "1.2", "entries": [
          {"request": {"method": "GET", "url": "https://%1$s/b"}, "response": {"status": 204}},
          {"request": {"method": "GET", "url": "https://%1$s/a?x=1"},
           "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "application/json"}],
             "content": {"text": "{\\"n\\": %2$s}"}}}]}}
        """;

    Ran ran =
        Ran.compare(
            file("a.har", har.formatted("old.example", "1.50")),
            file("b.har", har.formatted("new.example", "1.5")));

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("match         GET /b", "match         GET /a?x=1");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void programsReadTheSame() throws IOException {
    Ran ran = Ran.compare(file("a.json", "{\"n\": 1}"), file("b.json", "{\"n\": \"1\"}"), "--json");

    JsonNode read = JSON.readTree(ran.out());
    assertThat(read.at("/summary/mismatched").asInt()).isEqualTo(1);
    assertThat(read.at("/pairs/0/outcome").asText()).isEqualTo("mismatch");
    assertThat(read.at("/pairs/0/differences/0/diagnosis").asText()).isEqualTo("number-as-text");
    assertThat(read.at("/signatures/0/cure/code").asText()).isNotEmpty();
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void whatAStrangerSentCannotSteerTheTerminal() throws IOException {
    Ran ran = Ran.compare(file("a.txt", "a"), file("b.txt", "\u001b[2J"));

    assertThat(ran.out()).contains("\\u001b[2J").doesNotContain("\u001b");
  }

  @Test
  void wrongUsageAndUnreadableFilesEndWithTwoAndAReason() throws IOException {
    String a = file("a.json", "1");

    assertThat(Ran.compare().err()).contains("files: []", "usage: banyan compare");
    assertThat(Ran.compare(a, a, "--profil", "x").err())
        .contains("option: --profil (expected: one of");
    assertThat(Ran.compare(a, a, "--profile", "x").err())
        .contains("--profile: x (expected: one of [dotnet-json, dotnet-soap, ");
    assertThat(Ran.compare(a, folder.toString()).err())
        .contains("(expected: two files, or two folders)");
    assertThat(Ran.compare(a, a + ".none").err())
        .contains("file: none (expected: a file that exists)");
    Ran unreadable = Ran.compare(a, file("b.har", "{"));
    assertThat(unreadable.err()).contains("b.har#0: HAR: ");
    assertThat(unreadable.exit()).isEqualTo(2);
    assertThat(Ran.compare().exit()).isEqualTo(2);
  }

  private static String capture(String target, int n) {
    return "=== REQUEST\nGET %s HTTP/1.1\n\n\n=== RESPONSE\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"n\":%d}\n"
        .formatted(target, n);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
