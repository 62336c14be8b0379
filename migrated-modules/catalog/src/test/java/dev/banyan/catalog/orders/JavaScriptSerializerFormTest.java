package dev.banyan.catalog.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts were written by the legacy system itself. */
class JavaScriptSerializerFormTest {

  @Test
  void escapesWhatAScriptElementCannotHold() {
    assertThat(form().text("a'b<c>d&e/f").toString())
        .isEqualTo("\"a\\u0027b\\u003cc\\u003ed&e/f\"");
  }

  @Test
  void escapesControlCharactersShortlyWhereJsonHasAShortForm() {
    assertThat(form().text("\u0001\b\t\n\u000b\f\r\u001f\"\\").toString())
        .isEqualTo("\"\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\\"");
  }

  @Test
  void leavesEverythingAboveAsciiAsItIs() {
    assertThat(form().text("\u007f\u0085\u00a0\u2028\ufeff😀").toString())
        .isEqualTo("\"\u007f\u0085\u00a0\u2028\ufeff😀\"");
  }

  @Test
  void writesADateInMillisecondsBetweenEscapedSlashes() {
    assertThat(form().date(Instant.parse("2014-03-09T14:05:30.250Z")).toString())
        .isEqualTo("\"\\/Date(1394373930250)\\/\"");
    assertThat(form().date(Instant.parse("0100-01-02T00:00:00Z")).toString())
        .startsWith("\"\\/Date(-59");
  }

  @Test
  void writesBytesAsUnsignedNumbers() {
    assertThat(form().bytes(List.of((byte) 7, (byte) 209)).toString()).isEqualTo("[7,209]");
  }

  @Test
  void keepsTheScaleOfADecimal() {
    assertThat(form().number(new BigDecimal("1234.50")).toString()).isEqualTo("1234.50");
    assertThat(form().number(new BigDecimal("1E+3")).toString()).isEqualTo("1000");
  }

  @Test
  void writesATimeSpanAsItsProperties() {
    assertThat(form().timeSpan(1_836_000_000_000L).toString())
        .isEqualTo(
            "{\"Ticks\":1836000000000,\"Days\":2,\"Hours\":3,\"Milliseconds\":0,\"Minutes\":0,"
                + "\"Seconds\":0,\"TotalDays\":2.125,\"TotalHours\":51,"
                + "\"TotalMilliseconds\":183600000,\"TotalMinutes\":3060,\"TotalSeconds\":183600}");
  }

  @ParameterizedTest
  @CsvSource({"10001,10001", "'\t +10001\r\n',10001", "-5,-5", "00001,1", "2147483647,2147483647"})
  void takesForANumberWhatTheLegacyTakes(String text, int id) {
    assertThat(OrderId.parse(text)).hasValue(id);
  }

  @ParameterizedTest
  @CsvSource({"''", "abc", "'10001,10002'", "2147483648", "'\u00a010001'", "1.0", "+ 1", "١"})
  void takesNothingElseForANumber(String text) {
    assertThat(OrderId.parse(text)).isEmpty();
  }

  private static JavaScriptSerializerForm form() {
    return new JavaScriptSerializerForm();
  }
}
