package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.json.JsonPair;
import dev.banyan.parity.json.JsonReader;
import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two texts read side by side come to what two trees come to, to the letter. */
class JsonPairTest {
  private static final CompareProfile PROFILE = CompareProfile.DOTNET_JSON;

  @Test
  void readSideBySideTheSameDifferencesAreFound() {
    Random random = new Random(7);
    int mismatches = 0;
    for (int round = 0; round < 20_000; round++) {
      String a = value(random, 0);
      String b = changed(a, random);
      JsonPair.Trees trees = JsonPair.read(bytes(a), bytes(b));
      if (trees != null) {
        Comparison expected = eager(a, b);
        mismatches += expected instanceof Comparison.Mismatch ? 1 : 0;
        assertThat(judged(trees)).as(a + " and " + b).isEqualTo(expected);
      }
    }
    assertThat(mismatches).isGreaterThan(5000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,2|[1,3",
        "[1,2]|[1,3]]",
        "[1,2,]|[1,3,]",
        "{\"a\":1,}|{\"a\":2,}",
        "{\"a\" 1}|{\"a\" 2}",
        "{a:1}|{a:2}",
        "[01]|[02]",
        "[1 2]|[1 3]",
        "[1}|[2}",
        "[{\"a\":1],2]|[{\"a\":1],3]",
        "[tru]|[fals]",
        "['a']|['b']",
        "|1",
      })
  void whatIsNoJsonIsLeftToOthers(String a, String b) {
    String left = a == null ? "" : a;
    assertThat(JsonPair.read(bytes(left), bytes(b))).isNull();
    assertThat(JsonPair.read(bytes(b), bytes(left))).isNull();
  }

  @Test
  void bytesThatAreNoUtf8AreLeftToOthers() {
    byte[] broken = {'[', '"', (byte) 0xC3, '"', ',', '1', ']'};
    byte[] other = {'[', '"', (byte) 0xC3, '"', ',', '2', ']'};
    assertThat(JsonPair.read(broken, other)).isNull();
  }

  @Test
  void whatIsTooDeepIsLeftToOthers() {
    String open = "[1,".repeat(250);
    String close = "]".repeat(250);
    assertThat(JsonPair.read(bytes(open + "1" + close), bytes(open + "2" + close))).isNull();
  }

  private static Comparison eager(String a, String b) {
    JsonReader reader = new JsonReader(CompareProfile.Arrays.ORDERED);
    JsonReader.Outcome.Tree left = (JsonReader.Outcome.Tree) reader.read(a);
    JsonReader.Outcome.Tree right = (JsonReader.Outcome.Tree) reader.read(b);
    return judged(new JsonPair.Trees(left.root(), right.root()));
  }

  private static Comparison judged(JsonPair.Trees trees) {
    Findings findings =
        new Findings(new Acceptance(PROFILE, LocalDate.of(2026, 1, 1)), Varying.NOTHING);
    new JsonComparison(PROFILE, findings).compare("$", trees.control(), trees.candidate());
    return findings.verdict();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String value(Random random, int depth) {
    int sort = depth == 0 ? 3 + random.nextInt(3) : random.nextInt(depth > 3 ? 3 : 6);
    if (sort < 3) {
      return List.of("1", "1.50", "\"ä\"", "\"a\\u0062 c\"", "null", "[]", "{}", "true", "12e3")
          .get(random.nextInt(9));
    }
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      String key = "{\"id\":" + (i + (random.nextInt(20) == 0 ? 1 : 0)) + ",\"v\":";
      String name = List.of("\"a\":", "\"$id\":", "\"c d\":", "\"\\u0061\":").get(i % 4);
      String inner = value(random, depth + 1);
      parts.add(sort == 3 ? inner : sort == 4 ? name + inner : key + inner + "}");
    }
    return (sort == 4 ? "{" : "[") + String.join(",", parts) + (sort == 4 ? "}" : "]");
  }

  /** White space and writings changed, and some values, names, elements or their order. */
  private static String changed(String json, Random random) {
    String text = json;
    if (random.nextBoolean()) {
      text = text.replace("1.50", "1.5").replace(",", " , ").replace("ä", "\\u00e4");
    }
    for (int times = random.nextInt(3); times > 0; times--) {
      text =
          switch (random.nextInt(6)) {
            case 0 -> once(text, "\"v\":", "\"w\":", random);
            case 1 -> once(text, "1", "2", random);
            case 2 -> once(text, "[", "[7,", random).replace(",]", "]");
            case 3 -> once(text, "null", "{\"n\":[1,{}]}", random);
            case 4 -> once(text, "{\"id\":", "{\"x\":0,\"id\":", random);
            default -> shuffled(text, random);
          };
    }
    return text;
  }

  private static String once(String text, String what, String by, Random random) {
    int at = text.indexOf(what, random.nextInt(text.length()));
    return at < 0 ? text : text.substring(0, at) + by + text.substring(at + what.length());
  }

  /** The elements or members of the outermost value. */
  private static String shuffled(String json, Random random) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 1;
    for (int at = 1; at < json.length(); at++) {
      char c = json.charAt(at);
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if ((c == ',' && depth == 0) || at == json.length() - 1) {
        parts.add(json.substring(from, at));
        from = at + 1;
      }
    }
    if (parts.size() < 2) {
      return json;
    }
    Collections.shuffle(parts, random);
    return json.charAt(0) + String.join(",", parts) + json.substring(json.length() - 1);
  }
}
