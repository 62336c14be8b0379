package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodiesTest {

  @Test
  void jsonIsIndentedWithItsNumbersAndOrderAsWritten() {
    assertThat(Bodies.readable(Answers.json("{\"b\":[1234.50,{}],\"a\":\"S\\u00f6hne\\n\"}")))
        .isEqualTo(
            """
            {
              "b": [
                1234.50,
                {}
              ],
              "a": "Söhne\\n"
            }""");
  }

  @Test
  void textIsDecodedByItsCharset() {
    byte[] latin1 = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            Bodies.readable(
                Answers.with(200, latin1, "Content-Type", "text/plain; charset=iso-8859-1")))
        .isEqualTo("Grüße");
  }

  @Test
  void bytesThatAreNoTextAreShownAsHex() {
    assertThat(
            Bodies.readable(
                Answers.with(200, new byte[] {0, 1, (byte) 0xFF}, "Content-Type", "image/gif")))
        .isEqualTo("(binary, 3 bytes) 00 01 ff");
  }

  @Test
  void longBodiesAreCut() {
    String json = "[" + "123456789,".repeat(10_000) + "1]";
    assertThat(Bodies.readable(Answers.json(json)))
        .hasSizeLessThan(Bodies.READABLE + 100)
        .endsWith("(cut)");
  }

  @Test
  void whatWasNotKeptSaysSo() {
    assertThat(Bodies.readable(Answers.with(200, new Body.TooLarge(5))))
        .isEqualTo("(not kept: larger than 5 bytes)");
  }
}
