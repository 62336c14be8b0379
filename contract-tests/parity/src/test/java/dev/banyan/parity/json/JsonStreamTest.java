package dev.banyan.parity.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is called the same from the bytes alone: never more than the trees call so. */
class JsonStreamTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":2}|{ \"b\" : 2.0 , \"a\":1 }",
        "{\"a\":1,\"b\":[{\"c\":1,\"d\":2}]}|{\"b\":[{\"d\":2,\"c\":1}],\"a\":1}",
        "{\"a\":1,\"a\":2,\"b\":3}|{\"b\":3,\"a\":1,\"a\":2}",
        "[\"\\u00e9\\ud83d\\ude00\\/\"]|[\"é😀/\"]",
        "[1.50,-0.0,1e2,1E+02]|[1.5,0,100,1e2]",
        "[]|[ ]",
        "{}|{ }",
        "[true,false,null]|[true, false, null]",
      })
  void oneMeaningInTwoWritings(String a, String b) {
    assertThat(same(a, b)).isTrue();
    assertThat(same(b, a)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":2}|{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":2,\"b\":3}|{\"b\":3,\"a\":2,\"a\":1}",
        "{\"a\":1,\"b\":2}|{\"b\":2}",
        "{\"b\":2}|{\"a\":1,\"b\":2}",
        "{\"ab\":1,\"a\\u0062\":2}|{\"a\\u0062\":2,\"ab\":1}",
        "{\"a\":1,\"b\":2,}|{\"b\":2,\"a\":1}",
        "{\"a\":1 2,\"b\":2}|{\"b\":2,\"a\":1 2}",
        "[1,2]|[2,1]",
        "[1]|[1,1]",
        "[01]|[01 ]",
        "[1 2]|[1  2]",
        "[\"é\"]|[\"è\"]",
        "[\"\\ud83d\"]|[\"\\ud83e\"]",
        "[1.5]|[1.05]",
        "[10]|[1]",
        "[truex]|[truex ]",
        "[1]x|[1] x",
      })
  void anotherMeaningOrNoJson(String a, String b) {
    assertThat(same(a, b)).isFalse();
    assertThat(same(b, a)).isFalse();
  }

  @Test
  void textsOfAnyLengthDifferWhereverTheyDiffer() {
    for (int length = 1; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        String text = "x".repeat(length);
        String other = text.substring(0, at) + "y" + text.substring(at + 1);
        assertThat(same("[\"" + text + "\"]", " [\"" + text + "\"]")).isTrue();
        assertThat(same("[\"" + text + "\"]", " [\"" + other + "\"]")).isFalse();
      }
    }
  }

  @Test
  void whatIsCalledTheSameIsTheSameAsTrees() {
    Random random = new Random(11);
    int same = 0;
    for (int round = 0; round < 20_000; round++) {
      String a = value(random, 0);
      String b = random.nextInt(4) == 0 ? value(random, 0) : rewritten(a, random);
      if (same(a, b)) {
        same++;
        assertThat(sameTrees(a, b)).as(a + " and " + b).isTrue();
      }
    }
    assertThat(same).isGreaterThan(1000);
  }

  private static boolean same(String a, String b) {
    return JsonStream.sameTokens(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean sameTrees(String a, String b) {
    return new JsonReader(CompareProfile.Arrays.ORDERED).read(a)
            instanceof JsonReader.Outcome.Tree(Json left)
        && new JsonReader(CompareProfile.Arrays.ORDERED).read(b)
            instanceof JsonReader.Outcome.Tree(Json right)
        && new JsonEquality(CompareProfile.Arrays.ORDERED).same(left, right);
  }

  /** Few names and values, so that objects often say the same, repeat names, or nearly agree. */
  private static String value(Random random, int depth) {
    int sort = random.nextInt(depth > 3 ? 3 : 6);
    if (sort < 3) {
      return List.of("1", "1.0", "\"a\"", "\"\\u0061\"", "null", "[]").get(random.nextInt(6));
    }
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = List.of("\"a\":", "\"b\":", "\"c\":", "\"\\u0061\":").get(random.nextInt(4));
      parts.add((sort == 3 ? "" : name) + value(random, depth + 1));
    }
    return (sort == 3 ? "[" : "{") + String.join(",", parts) + (sort == 3 ? "]" : "}");
  }

  /** The members of the outermost object in another order, or one character changed. */
  private static String rewritten(String json, Random random) {
    int at = random.nextInt(json.length());
    return switch (random.nextInt(3)) {
      case 0 -> json.substring(0, at) + random.nextInt(3) + json.substring(at + 1);
      case 1 -> json.replace(",", " , ").replace("1.0", "1");
      default -> shuffled(json, random);
    };
  }

  private static String shuffled(String json, Random random) {
    if (!json.startsWith("{") || json.length() < 3) {
      return json + " ";
    }
    List<String> members = new ArrayList<>();
    int depth = 0;
    int from = 1;
    for (int at = 1; at < json.length(); at++) {
      char c = json.charAt(at);
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if ((c == ',' && depth == 0) || at == json.length() - 1) {
        members.add(json.substring(from, at));
        from = at + 1;
      }
    }
    Collections.shuffle(members, random);
    return "{" + String.join(",", members) + "}";
  }
}
