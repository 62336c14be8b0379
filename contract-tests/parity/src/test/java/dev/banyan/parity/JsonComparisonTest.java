package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonComparisonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234.50|1234.5",
        "1E-05|0.00001",
        "-0.0|0",
        "0|-0",
        "100.0|1e2",
        "100|1E+2",
        "-1.50|-15e-1",
        "9007199254740993|9007199254740993.000",
        "1e999999999|10e999999998",
        "0e999999999|0",
        "1e000000000000000000000000000005|100000",
        "[1,2.0]|[1.0, 2]",
        "{\"a\":1,\"b\":2}|{ \"b\" : 2, \"a\" : 1 }",
        "{\"a\":1,\"a\":2,\"b\":3}|{\"b\":3,\"a\":1,\"a\":2}",
        "\"S\\u00f6hne \\u003c\\/\"|\"Söhne </\"",
      })
  void whatMeansTheSameMatches(String control, String candidate) {
    assertThat(Answers.strictly(control, candidate)).isEqualTo(new Comparison.Match());
    assertThat(Answers.strictly(candidate, control)).isEqualTo(new Comparison.Match());
    assertThat(Answers.unordered(control, candidate)).isEqualTo(new Comparison.Match());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9007199254740993|9007199254740992|$ value",
        "0.1|0.10000000000000000001|$ value",
        "1e999999999|1e999999998|$ value",
        "1e99999999999999999999|1e99999999999999999998|$ value",
        "1|-1|$ value",
        "10|1|$ value",
        "1|\"1\"|$ type",
        "null|0|$ type",
        "null|false|$ type",
        "true|false|$ value",
        "\"a\"|\"A\"|$ value",
        "{}|[]|$ type",
        "{\"a\":1}|{\"a\":2}|$.a value",
        "{\"a\":1}|{}|$.a missing",
        "{}|{\"a\":null}|$.a extra",
        "{\"a\":1,\"a\":2}|{\"a\":2,\"a\":1}|$.a value;$.a value",
        "{\"a\":1,\"a\":2}|{\"a\":1}|$.a missing",
        "{\"en-US\":1}|{\"en-US\":2}|$['en-US'] value",
        "{\"\":1}|{\"\":2}|$[''] value",
        "{\"it's\":1}|{\"it's\":2}|$['it\\'s'] value",
        "{\"1a\":1}|{\"1a\":2}|$['1a'] value",
        "[1,2,3]|[1,9,3]|$[*] value",
        "[1,2,3]|[0,1,2,3]|$[*] extra",
        "[1,2,3]|[1,3]|$[*] missing",
        "[1,2,3,4,5]|[1,9,2,3,5]|$[*] extra;$[*] missing",
        "[1,2,3]|[3,1,2]|$ order",
        "[1,2,3]|[9,1,3]|$[*] extra;$[*] missing",
        "{\"Lines\":[{\"p\":1},{\"p\":2}]}|{\"Lines\":[{\"p\":1},{\"p\":3}]}|$.Lines[*].p value",
        "{\"a\":[[1],[2]]}|{\"a\":[[1],[2,3]]}|$.a[*][*] extra",
        "[1,1,2]|[1,2,2]|$[*] value",
      })
  void whatDiffersIsNamedByPlaceAndKind(String control, String candidate, String expected) {
    assertThat(String.join(";", sorted(Answers.strictly(control, candidate))))
        .isEqualTo(String.join(";", Arrays.stream(expected.split(";")).sorted().toList()));
  }

  private static List<String> sorted(Comparison comparison) {
    return Answers.differences(comparison).stream().sorted().toList();
  }

  @Test
  void unorderedArraysAreMultisets() {
    assertThat(Answers.unordered("[1,2,2,[3,4]]", "[[4,3],2,1,2]"))
        .isEqualTo(new Comparison.Match());
    assertThat(Answers.differences(Answers.unordered("[1,2,2]", "[2,1,1]")))
        .containsExactly("$[*] value");
    assertThat(Answers.differences(Answers.unordered("[{\"a\":1},{\"a\":2}]", "[{\"a\":2}]")))
        .containsExactly("$[*] missing");
  }

  @Test
  void oneElementInsertedIntoALongArrayIsOneDifference() {
    StringBuilder control = new StringBuilder("[");
    StringBuilder candidate = new StringBuilder("[");
    for (int i = 0; i < 5000; i++) {
      control.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append('}');
      candidate.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append('}');
      if (i == 2000) {
        candidate.append(",{\"id\":\"new\"}");
      }
    }
    Comparison comparison = Answers.strictly(control + "]", candidate + "]");
    assertThat(Answers.differences(comparison)).containsExactly("$[*] extra");
  }

  @Test
  void fragmentsOfLongTextsBeginShortlyBeforeTheDifference() {
    String head = "x".repeat(5000);
    Comparison comparison = Answers.strictly("\"" + head + "left\"", "\"" + head + "right\"");
    Difference only = ((Comparison.Mismatch) comparison).differences().getFirst();
    assertThat(only.control()).startsWith("…xxx").endsWith("left\"").hasSizeLessThan(60);
    assertThat(only.candidate()).endsWith("right\"");
  }

  @Test
  void numbersAreShownAsTheyWereWritten() {
    Comparison comparison = Answers.strictly("{\"a\":1234.50}", "{\"a\":1234.40}");
    Difference only = ((Comparison.Mismatch) comparison).differences().getFirst();
    assertThat(only.control()).isEqualTo("1234.50");
    assertThat(only.candidate()).isEqualTo("1234.40");
  }

  @Test
  void aFloodOfOneDifferenceDoesNotHideAnother() {
    StringBuilder control = new StringBuilder("{\"items\":[");
    StringBuilder candidate = new StringBuilder("{\"items\":[");
    for (int i = 0; i < 3000; i++) {
      control.append(i == 0 ? "" : ",").append("{\"n\":").append(i).append('}');
      candidate.append(i == 0 ? "" : ",").append("{\"n\":").append(i + 5000).append('}');
    }
    Comparison comparison =
        Answers.strictly(control + "],\"last\":1}", candidate + "],\"last\":2}");
    assertThat(Answers.differences(comparison))
        .hasSize(Findings.LIMIT_PER_SIGNATURE + 1)
        .contains("$.last value");
  }

  @Test
  void manyKindsOfDifferencesAreCutAtTheLimit() {
    StringBuilder control = new StringBuilder("{\"z\":0");
    for (int i = 0; i < 1000; i++) {
      control.append(",\"f").append(i).append("\":1");
    }
    assertThat(Answers.differences(Answers.strictly(control + "}", "{\"z\":0}")))
        .hasSize(Findings.LIMIT);
  }

  @Test
  void whatIsNestedTooDeepIsNotJudged() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(Answers.strictly(deep, "[]")).isEqualTo(new Comparison.Incomparable("too-deep"));
    assertThat(Answers.strictly("[]", deep)).isEqualTo(new Comparison.Incomparable("too-deep"));
    assertThat(Answers.strictly(deep, deep)).isEqualTo(new Comparison.Match());
    String fine = "[".repeat(199) + "1" + "]".repeat(199);
    String other = "[".repeat(199) + "2" + "]".repeat(199);
    assertThat(Answers.differences(Answers.strictly(fine, other)))
        .containsExactly("$" + "[*]".repeat(199) + " value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{|{}", "1 2|1", "NaN|1", "01|1", "'{\"a\":}'|1"})
  void invalidJsonIsComparedByBytes(String control, String candidate) {
    assertThat(Answers.differences(Answers.strictly(control, candidate)))
        .containsExactly("body bytes");
    assertThat(Answers.strictly(control, control)).isEqualTo(new Comparison.Match());
  }
}
