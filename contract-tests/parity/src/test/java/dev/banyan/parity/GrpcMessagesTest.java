package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of gRPC without a schema: fields by tag. The messages are in hex. */
class GrpcMessagesTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);

  @ParameterizedTest
  @CsvSource({
    "the order of fields, 0801120161, 1201610801, ''",
    "a longer varint, 0801, 088100, ''",
    "a number, 0801, 0802, messages[*].fields['1'] value",
    "a text, 12026162, 12026163, messages[*].fields['2'] value",
    "bytes, 1202ff00, 1202ff01, messages[*].fields['2'].hex value",
    "bytes and their hex as text, 1201ff, 12026666, messages[*].fields['2'] type",
    "a field more, 0801, 08011001, messages[*].fields['2'] extra",
    "a varint and a fixed number, 0801, 0d01000000, messages[*].fields['1'] missing;messages[*].fields['1:32'] extra",
    "repeated texts, 0a01610a0162, 0a01620a0161, messages[*].fields['1'] order",
    "no protobuf, ff, fe, messages[*].bytes value",
  })
  void areComparedFieldByField(String name, String control, String candidate, String expected) {
    Comparison comparison = STRICT.compare(message(control), message(candidate));

    assertThat(String.join(";", Answers.differences(comparison))).as(name).isEqualTo(expected);
  }

  @Test
  void aMessageOfFarTooManyFieldsIsComparedByItsBytes() {
    String many = "0801".repeat(400_000);

    assertThat(Answers.differences(STRICT.compare(message(many), message(many + "0802"))))
        .containsExactly("messages[*].bytes value");
  }

  private static Observation message(String hex) {
    String length = HexFormat.of().toHexDigits(hex.length() / 2);
    return Answers.with(
        200, HexFormat.of().parseHex("00" + length + hex), "Content-Type", "application/grpc");
  }
}
