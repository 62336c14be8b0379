package dev.banyan.parity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.json.NumberValue;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
  private final Pseudonyms pseudonyms = new Pseudonyms(key("one"));

  @Property(tries = 2000)
  void aPseudonymHasTheFormOfItsValue(@ForAll @StringLength(max = 90) String value) {
    String pseudonym = pseudonyms.of(value);

    assertThat(pseudonym).hasSameSizeAs(value);
    for (int i = 0; i < value.length(); i++) {
      assertThat(Character.getType(pseudonym.charAt(i)))
          .as("char %d of %s", i, value)
          .isEqualTo(Character.getType(value.charAt(i)));
    }
    assertThat(new Pseudonyms(key("one")).of(value)).isEqualTo(pseudonym);
  }

  @Property(tries = 2000)
  void differentValuesHaveDifferentPseudonyms(
      @ForAll("words") String one, @ForAll("words") String other) {
    assertThat(pseudonyms.of(one).equals(pseudonyms.of(other))).isEqualTo(one.equals(other));
  }

  @Test
  void noTwoShortValuesShareAPseudonym() {
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      numbers.add(pseudonyms.of("%04d".formatted(i)));
    }
    Set<String> letters = new HashSet<>();
    for (char c = 'a'; c <= 'z'; c++) {
      letters.add(pseudonyms.of(String.valueOf(c)));
    }

    assertThat(numbers).hasSize(10_000);
    assertThat(letters).hasSize(26);
  }

  @Test
  void longValuesThatDifferInOneCharDifferEverywhere() {
    String one = "a".repeat(200) + "b";
    String other = "a".repeat(200) + "c";

    String left = pseudonyms.of(one);
    String right = pseudonyms.of(other);

    int same = 0;
    for (int i = 0; i < left.length(); i++) {
      same += left.charAt(i) == right.charAt(i) ? 1 : 0;
    }
    assertThat(same).isLessThan(40);
  }

  @Test
  void anotherKeyMakesOtherPseudonyms() {
    String value = "jane.doe@example.com";

    assertThat(new Pseudonyms(key("two")).of(value))
        .isNotEqualTo(pseudonyms.of(value))
        .matches("[a-z]{4}\\.[a-z]{3}@[a-z]{7}\\.[a-z]{3}");
  }

  @Test
  void separatorsTakeNoPart() {
    assertThat(pseudonyms.of("4111 1111 1111 1111").replace(" ", ""))
        .isEqualTo(pseudonyms.of("4111111111111111"));
  }

  @Property(tries = 2000)
  void aNumberStaysANumberAndEqualNumbersStayEqual(
      @ForAll @IntRange(min = -2_000_000) int units, @ForAll @IntRange(max = 3) int zeros) {
    String lexeme = units / 100 + "." + Math.abs(units % 100) + "0".repeat(zeros);

    String masked = pseudonyms.ofNumber(lexeme);

    assertThat(masked).matches("-?(0|[1-9]\\d*)\\.\\d+").hasSameSizeAs(lexeme);
    assertThat(NumberValue.of(pseudonyms.ofNumber(lexeme + "0"))).isEqualTo(NumberValue.of(masked));
  }

  @Property(tries = 2000)
  void differentNumbersStayDifferent(@ForAll int one, @ForAll int other) {
    assertThat(
            pseudonyms
                .ofNumber(Integer.toString(one))
                .equals(pseudonyms.ofNumber(Integer.toString(other))))
        .isEqualTo(one == other);
  }

  @Test
  void exponentsAndZerosAtTheEndOfAFractionStay() {
    assertThat(pseudonyms.ofNumber("1.50e10")).matches("[1-9]\\.[1-9]0e10");
    assertThat(pseudonyms.ofNumber("7.0")).matches("\\d\\.0");
    assertThat(pseudonyms.ofNumber("-3")).matches("-[1-9]");
  }

  @Test
  void lettersOfEveryScriptAreReplaced() {
    assertThat(pseudonyms.of("Žofie Müller 王小明 Иванов"))
        .doesNotContain("ofie", "ller", "王", "小", "明", "ванов")
        .hasSameSizeAs("Žofie Müller 王小明 Иванов");
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withCharRange('a', 'c').numeric().ofMinLength(1).ofMaxLength(4);
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
