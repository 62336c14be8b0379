package dev.banyan.parity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects as scripts write them, which JSON does not: bare names, and strings in single quotes. */
class ScriptMaskingTest {
  private final Masking masking = Given.MASKING;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ password: \"Jane1\", n: 1 }",
        "{ name: \"Jane1\", n: 1 }",
        "{ name: 'Jane1', n: 1 }",
        "{'name':'Jane1','n': 1 }",
        "{'name':\"Jane1\",\"n\": 1 }",
        "{ n: 1,\n  // the user's name\n  name: 'Jane1' }",
        "{ n: 1, /* whose */ name : 'Jane1' }",
        "{ name: known ? 'Jane1' : 'Jane1' , n: 1}",
        "{ name: \"Jane1\" + ' Jane1', n: 1}",
        "{ name: 'It\\'s Jane1', n: 1}",
        "{ n: 1, customer: { data: 1, $name: 1, name: { first: 'Jane1' } } }",
        "{ account: { balance: 'Jane1' }, n: 1 }",
        "{ user: '{\"name\":\"Jane1\"}', n: 1 }",
        "{ user: 'x = {\"name\":\"Jane1\"}', n: 1 }",
        "{ a: don't, name: 'Jane1', n: 1 }",
        "{ a: 'x\n, name: \"Jane1\", n: 1 }",
        "{ a: /'/, name: \"Jane1\", n: 1, b: ' ' }",
      })
  void privateMembersOfAScriptAreMasked(String object) {
    String masked = body("text/html", "<script>var cfg = " + object + ";</script>");

    assertThat(masked)
        .doesNotContain("Jane1")
        .startsWith("<script>var cfg = {")
        .containsPattern("n['\"]?: 1");
    assertThat(body("application/javascript", "cfg = " + object)).doesNotContain("Jane1");
    assertThat(body("application/json", object)).doesNotContain("Jane1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ pin: 12, name: 4711 }              | \\{ pin: 12, name: [1-9]\\d{3} \\}",
        "{ 'name' : 'Jane' , id:'A-1'}        | \\{ 'name' : '[A-Z][a-z]{3}' , id:'A-1'\\}",
        "{ name: 'O\\'Hara' }                 | \\{ name: '[A-Z]\\\\'[A-Z][a-z]{3}' \\}",
        "{ name: 'a \"b\" c' }                | \\{ name: '[a-z] \"[a-z]\" [a-z]' \\}",
        "{ mail: 'jane@example.com' }         | \\{ mail: '[a-z]{4}@(?!example)[a-z]{7}\\.[a-z]{3}' \\}",
      })
  void onlyTheirLettersAndDigitsAreOthers(String script, String masked) {
    assertThat(body("application/json", script)).isNotEqualTo(script).matches(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ id: 17, 'sku': 'A-1', on: true, at: '2026-11-21T05:00:00Z' }",
        "{ label: cond ? 'a' : 'b', url: 'http://shop.example/a?b=1' }",
        "// it's a comment, and isn't one: {\"a\":'b'}",
        "if (a) { go('there'); } else { rename: for (;;) { break rename; } }",
        "data: 12:30 at http://shop.example/a\n\n",
      })
  void whatIsNotPrivateStaysAsItIsWritten(String script) {
    assertThat(body("application/javascript", script)).isEqualTo(script);
  }

  @Test
  void theFieldOfAnEventIsNoPlaceAndNamesBehindItAreNames() {
    assertThat(body("text/event-stream", "id: 1\ndata: {\"account\":{\"balance\":\"Jane\"}}\n\n"))
        .doesNotContain("Jane")
        .startsWith("id: 1\ndata: {\"account\":{\"balance\":\"");
    assertThat(body("text/event-stream", "data: {\ndata: \"name\": \"Jane\"\ndata: }\n\n"))
        .doesNotContain("Jane")
        .startsWith("data: {\ndata: \"name\": \"");
  }

  private String body(String type, String body) {
    return Given.text(masking.answer(Given.answer(type, body)));
  }
}
