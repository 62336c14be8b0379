package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms by names and values, whatever charset they are in. */
class FormsTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);

  @ParameterizedTest
  @CsvSource({
    "a=1&b=2, b=2&a=1, ''",
    "a=x+y, a=x%20y, ''",
    "a=%C3%A4, a=ä, ''",
    "a=x+y, a=x%2By, form.a value",
    "name=%E4, name=%F6, form.name.hex value",
    "name=%E4, name=%e4, ''",
    "name=%E4, name=%C3%A4, form.name type",
    "name=%E4, name=%EF%BF%BD, form.name type",
    "name=%FE%FF%00A, name=A, form.name type",
    "%E4=1, %F6=1, body bytes",
    "a=%zz, a=%zy, body bytes",
    "a=100%, a=100%2, body bytes",
  })
  void areComparedByWhatTheyStandFor(String control, String candidate, String expected) {
    Comparison comparison = STRICT.compare(form(control), form(candidate));

    assertThat(String.join(";", Answers.differences(comparison))).isEqualTo(expected);
  }

  private static Observation form(String text) {
    return Answers.with(
        200,
        text.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }
}
