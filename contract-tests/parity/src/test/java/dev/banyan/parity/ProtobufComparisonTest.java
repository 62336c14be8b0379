package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import dev.banyan.rules.CompareProfile;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of gRPC by the types of a descriptor set. */
class ProtobufComparisonTest {
  private static final CompareProfile STRICT = Orders.profile(CompareProfile.STRICT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text | customer_name: 'a' | customer_name: 'b' | messages[*].customer_name value",
        "a default is a value | id: 5 |  | messages[*].id value",
        "optional, unset or default | discount: 0 |  | messages[*].discount missing",
        "optional | remark: '' | remark: 'x' | messages[*].remark value",
        "enum | status: STATUS_OPEN | status: STATUS_SHIPPED | messages[*].status value",
        "enum without a name | status: STATUS_OPEN | status: 7 | messages[*].status type",
        "int64 | customer_id: 9007199254740993 | customer_id: 9007199254740992 | messages[*].customer_id value",
        "uint64 | total: 18446744073709551615 | total: 18446744073709551614 | messages[*].total value",
        "negative | delta: -1 | delta: 1 | messages[*].delta value",
        "double | weight: 0.1 | weight: 0.30000000000000004 | messages[*].weight value",
        "not a number | weight: nan | weight: inf | messages[*].weight value",
        "float | volume: 0.1 | volume: 0.2 | messages[*].volume value",
        "bool | gift: true |  | messages[*].gift value",
        "bytes | label: '\\377\\001' | label: '\\377\\002' | messages[*].label value",
        "oneof | iban: 'DE1' | free: true | messages[*].iban missing;messages[*].free extra",
        "oneof of defaults | free: false |  | messages[*].free missing",
        "one more of a list | lines { sku: 'a' } | lines { sku: 'a' } lines { sku: 'b' } | messages[*].lines[*] extra",
        "within a list | lines { sku: 'a' quantity: 1 } lines { sku: 'b' } | lines { sku: 'a' quantity: 2 } lines { sku: 'b' } | messages[*].lines[*].quantity value",
        "deep | lines { parts { price { units: 1 } } } | lines { parts { price { units: 2 } } } | messages[*].lines[*].parts[*].price.units value",
        "message, unset or empty | lines { price {} } | lines {} | messages[*].lines[*].price missing",
        "order of a list | tags: 'a' tags: 'b' | tags: 'b' tags: 'a' | messages[*].tags order",
        "order of a map | prices { key: 'a' } prices { key: 'b' } | prices { key: 'b' } prices { key: 'a' } |",
        "in a map | prices { key: 'a' value { units: 1 } } | prices { key: 'a' value { units: 2 } } | messages[*].prices.a.units value",
        "map of numbers | notes { key: 7 value: 'x' } | notes { key: 8 value: 'x' } | messages[*].notes['7'] missing;messages[*].notes['8'] extra",
        "packed | ratings: [1, 2] | ratings: [1, 3] | messages[*].ratings[*] value",
        "packed enums | history: [STATUS_OPEN] | history: [STATUS_OPEN, STATUS_SHIPPED] | messages[*].history[*] extra",
        "time | ordered { seconds: 1 } | ordered { seconds: 2 } | messages[*].ordered value",
        "a time out of range | ordered { seconds: 1 } | ordered { nanos: -1 } | messages[*].ordered type",
        "duration | transit { seconds: 90 } | transit { seconds: 90 nanos: 1 } | messages[*].transit value",
        "any | detail { [t/shop.v1.Money] { units: 1 } } | detail { [t/shop.v1.Money] { units: 2 } } | messages[*].detail.value.units value",
        "any of an unknown type | detail { type_url: 't/x.Y' value: 'a' } | detail { type_url: 't/x.Y' value: 'b' } | messages[*].detail.value value",
        "any that is none | detail { type_url: 't/shop.v1.Money' value: '\\377' } | detail { [t/shop.v1.Money] { } } | messages[*].detail.value type",
      })
  void areComparedByTheNamesOfTheirFields(
      String name, String control, String candidate, String expected) {
    assertThat(differences(Orders.ORDER, control, candidate))
        .as(name)
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a default that is written | id: 1 | id: 1 copies: 1 | $.copies extra",
        "a required field | id: 1 | | $.id missing",
        "enum | colour: RED | colour: BLUE | $.colour value",
        "group | Entry { word: 'a' } | Entry { word: 'b' } | $.entry[*].word value",
        "extension | [shop.v1.shelf]: 'a' | [shop.v1.shelf]: 'b' | $['[shop.v1.shelf]'] value",
      })
  void soAreThoseOfProto2InPlainBodies(
      String name, String control, String candidate, String expected) {
    Comparison comparison =
        Comparer.of(STRICT)
            .compare(
                plain(Orders.message(Orders.OLD, control == null ? "" : control)),
                plain(Orders.message(Orders.OLD, candidate == null ? "" : candidate)));

    assertThat(String.join(";", Answers.differences(comparison))).as(name).isEqualTo(expected);
  }

  private static Observation plain(byte[] body) {
    return Answers.with(
        200, body, "Content-Type", "application/x-protobuf; messageType=\"shop.v1.Old\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "order of fields | 080112016118 00 | 12016108 01",
        "longer varints | 0801 | 88808000 8180808000",
        "varints of ten bytes | 0801 | c001 80808080808080808000 e001 80808080808080808000 0801",
        "a default that is written | 0801 | 0801 1200 1800",
        "the last one counts | 0802 | 0801 0802",
        "messages are merged | 32040801 1002 | 32020801 32021002",
        "packed or not | 9201 0401020304 | 900101 900102 900103 900104",
        "packed in parts | 9201 020102 | 9201 0101 9201 0102",
        "packed that need not be | 9a01020102 | 980101 980102",
        "the last of a oneof | 5801 | 4a0161 5801",
        "a merged map's key | 2a070a0161 12021002 | 2a070a0161 12021001 2a070a0161 12021002",
        "an unknown field's place | 0801 b8100a | b8100a 0801",
        "nan is nan | 69010000000000f87f | 69000000000000f87f",
      })
  void encodingsOfOneMessageAreOne(String name, String control, String candidate) {
    assertThat(hex(control, candidate)).as(name).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "an unknown field | 0801 | 0801 b8100a | messages[*]['263'] extra",
        "its value | b8100a | b8100b | messages[*]['263'] value",
        "how often | b8100a | b8100a b8100a | messages[*]['263'] type",
        "of fixed width | b8100a | bd100a000000 | messages[*]['263'] missing;messages[*]['263:32'] extra",
        "a group | bb100801 bc10 | bb100802 bc10 | messages[*]['263']['1'] value",
        "its text | ba100161 | ba100162 | messages[*]['263'] value",
        "no text | ba1001ff | ba1001fe | messages[*]['263'].hex value",
        "of another wire type than its own | 0801 | 0a0101 | messages[*].id value;messages[*]['1'] extra",
        "a text that is no UTF-8 | 1201ff | 1201fe | messages[*].customer_name.hex value",
        "within an entry of a map | a201040801 1801 | a201040801 1802 | messages[*].notes['1']['3'] value",
        "cut off | 0801 | 08 | messages[*] type",
        "no message | ffff | fffe | messages[*] value",
      })
  void whatTheTypeDoesNotKnowIsNeverLost(
      String name, String control, String candidate, String expected) {
    assertThat(hex(control, candidate)).as(name).isEqualTo(expected);
  }

  @Test
  void aMethodThatTheSetDoesNotHaveIsComparedByTags() {
    RequestCopy other = new RequestCopy("POST", "/shop.v1.Orders/Put", Headers.NONE, Body.EMPTY);
    Comparison comparison =
        Comparer.of(STRICT)
            .compare(
                other, Orders.stream(Orders.order("id: 1")), Orders.stream(Orders.order("id: 2")));

    assertThat(Answers.differences(comparison)).containsExactly("messages[*].fields['1'] value");
  }

  @Test
  void messagesOfAStreamAreAligned() {
    byte[][] orders = new byte[5][];
    for (int i = 0; i < 5; i++) {
      orders[i] = Orders.order("id: " + i + " customer_name: 'c" + i + "'");
    }
    Comparison comparison =
        Comparer.of(STRICT)
            .compare(
                Orders.GET,
                Orders.stream(orders),
                Orders.stream(orders[0], orders[1], orders[3], orders[4]));

    assertThat(Answers.differences(comparison)).containsExactly("messages[*] missing");
  }

  @Test
  void theRulesKeysAndArraysOfTheProfileHold() {
    CompareProfile dotnet =
        Orders.profile(
            CompareProfile.DOTNET_JSON,
            CompareProfile.Arrays.UNORDERED,
            Map.of("messages[*].lines", "quantity"));
    String control =
        "customer_name: 'D3B07384-D113-4EC6-A7B9-6A2D3A7A5F10' ordered { nanos: 250000000 }"
            + " lines { quantity: 1 sku: 'a' } lines { quantity: 2 sku: 'b' }";
    String candidate =
        "customer_name: 'd3b07384-d113-4ec6-a7b9-6a2d3a7a5f10' ordered { nanos: 250000100 }"
            + " lines { quantity: 2 sku: 'x' } lines { quantity: 1 sku: 'a' }";

    Comparison comparison =
        Comparer.of(dotnet)
            .compare(
                Orders.GET,
                Orders.stream(Orders.order(control)),
                Orders.stream(Orders.order(candidate)));

    assertThat(Answers.differences(comparison)).containsExactly("messages[*].lines[*].sku value");
  }

  private static String hex(String control, String candidate) {
    return String.join(
        ";",
        Answers.differences(
            Comparer.of(STRICT)
                .compare(
                    Orders.GET, Orders.stream(bytes(control)), Orders.stream(bytes(candidate)))));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String differences(Descriptor type, String control, String candidate) {
    return String.join(
        ";",
        Answers.differences(
            Comparer.of(STRICT)
                .compare(
                    Orders.GET,
                    Orders.stream(Orders.message(type, control == null ? "" : control)),
                    Orders.stream(Orders.message(type, candidate == null ? "" : candidate)))));
  }
}
