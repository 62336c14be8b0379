package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.privacy.MaskedMismatch;
import dev.banyan.parity.privacy.Masking;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.PrivateFields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of protobuf as exemplars have them: what was read of them, masked. */
class MaskedMessagesTest {
  private static final Masking MASKING =
      Masking.with(
          "key".getBytes(StandardCharsets.UTF_8),
          PrivateFields.of(List.of("customer_name", "messages[*].lines[*].sku")));
  private static final CompareProfile TYPED = Orders.profile(CompareProfile.STRICT);
  private static final CompareProfile BY_TAG = CompareProfile.STRICT;

  /** A field that no type knows, a text. */
  private static final String UNKNOWN = "c23e04" + hex("Jane");

  @Test
  void fieldsAreMaskedByNameByPlaceAndByLooksAndNothingElseIs() {
    String text =
        shown(
            TYPED,
            "customer_name: 'Jane' remark: 'write to jane@salted.example' status: STATUS_OPEN"
                + " lines { sku: 'AB-1' quantity: 3 } weight: 0.5 id: 1",
            "id: 2");

    assertThat(text)
        .doesNotContain("Jane", "jane@", "AB-1")
        .contains(
            "\"customer_name\": \"" + MASKING.whole("Jane") + '"',
            "\"sku\": \"" + MASKING.whole("AB-1") + '"',
            "write to ",
            "\"status\": \"STATUS_OPEN\"",
            "\"quantity\": 3",
            "\"weight\": 0.5");
  }

  @Test
  void bytesAndWhatNoTypeKnowsAreFingerprintsWhole() {
    String text =
        readable(
            TYPED,
            Orders.stream(
                concat(
                    Orders.order(
                        "id: 1 label: 'jane@salted.example' notes { key: 7 value: 'seven' }"
                            + " detail { type_url: 't/x.Y' value: 'jane@salted.example' }"
                            + " prices { key: 'a' value { units: 5 } }"),
                    UNKNOWN)),
            Orders.stream(Orders.order("id: 2")));

    assertThat(text)
        .doesNotContain("Jane", "jane@", hex("jane@salted.example"), hex("Jane"))
        .contains("\"7\": \"seven\"", "\"units\": 5")
        .containsPattern("\"label\": \"\\([0-9a-f]{16}\\)\"")
        .containsPattern("\"1000\": \"\\([0-9a-f]{16}\\)\"");
  }

  @Test
  void withoutTypesNothingIsLegible() {
    String text =
        readable(
            BY_TAG,
            Orders.stream(Orders.order("id: 1 customer_name: 'Jane' total: 7315902")),
            Orders.stream(Orders.order("id: 2")));

    assertThat(text)
        .doesNotContain("Jane", "7315902")
        .contains("\"compressed\": false", "\"fields\"", "\"2\": \"(");
  }

  @Test
  void differencesAreFoundWhereTheyWereBetweenTheOriginals() {
    Observation.Answered control =
        Orders.stream(
            concat(
                Orders.order(
                    "id: 1 customer_name: 'Jane' label: 'a' lines { sku: 'x' quantity: 1 }"
                        + " ordered { seconds: 1 } tags: 'a' tags: 'b'"),
                UNKNOWN));
    Observation.Answered candidate =
        Orders.stream(
            Orders.order(
                "id: 2 customer_name: 'Joan' label: 'b' lines { sku: 'x' quantity: 2 }"
                    + " ordered { seconds: 2 } tags: 'b' tags: 'a' discount: 1"));

    for (CompareProfile profile : List.of(TYPED, BY_TAG)) {
      Comparison found = Comparer.of(profile).compare(Orders.GET, control, candidate);
      MaskedMismatch masked = masked(profile, control, candidate);

      assertThat(Answers.differences(found)).hasSizeGreaterThan(5);
      assertThat(masked.again())
          .containsExactlyInAnyOrderElementsOf(
              ((Comparison.Mismatch) found)
                  .differences().stream().map(Spot::of).distinct().toList());
    }
  }

  @Test
  void packedMessagesAreReadAndOtherCodingsAreNot() {
    Observation.Answered control =
        Answers.with(
            200,
            HexFormat.of().parseHex("0100000003ffffff"),
            "Content-Type",
            "application/grpc",
            "Grpc-Encoding",
            "snappy");
    String text = readable(TYPED, control, Orders.stream(Orders.order("id: 1")));

    assertThat(text).doesNotContain("ffffff").contains("\"bytes\": \"(");
  }

  @Test
  void trailersOfGrpcWebAreMaskedAsHeadersAre() {
    byte[] trailers =
        "grpc-status: 5\r\nset-cookie: a=s3cr3t\r\ngrpc-message: no jane@salted.example\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    String frame = "80" + HexFormat.of().toHexDigits(trailers.length);
    byte[] body = HexFormat.of().parseHex(frame + HexFormat.of().formatHex(trailers));
    Observation.Answered control = Answers.with(200, body, "Content-Type", "application/grpc-web");

    String text =
        readable(
            TYPED, control, Answers.with(200, new byte[0], "Content-Type", "application/grpc-web"));

    assertThat(text).doesNotContain("s3cr3t", "jane@").contains("\"grpc-status\": \"5\"", "\"no ");
  }

  @Test
  void whatIsNoMessageOfGrpcIsNotKept() {
    Observation.Answered control =
        Answers.with(200, new byte[] {1, 2, 3}, "Content-Type", "application/grpc");
    Observation.Answered candidate = Orders.stream(Orders.order("id: 1"));

    assertThat(masked(TYPED, control, candidate).control())
        .isInstanceOfSatisfying(
            Observation.Answered.class,
            kept -> assertThat(Bodies.readable(kept)).startsWith("(binary, 3 bytes, "));
  }

  @Test
  void aMessageOfMoreThanAMebibyteIsNotKept() {
    Observation.Answered control =
        Orders.stream(Orders.order("id: 1 remark: '" + "x".repeat(1 << 20) + "'"));

    assertThat(readable(TYPED, control, Orders.stream(Orders.order("id: 2"))))
        .startsWith("(binary, ");
  }

  private static String shown(CompareProfile profile, String control, String candidate) {
    return readable(
        profile, Orders.stream(Orders.order(control)), Orders.stream(Orders.order(candidate)));
  }

  private static String readable(
      CompareProfile profile, Observation.Answered control, Observation.Answered candidate) {
    return Bodies.readable((Observation.Answered) masked(profile, control, candidate).control());
  }

  private static MaskedMismatch masked(
      CompareProfile profile, Observation.Answered control, Observation.Answered candidate) {
    Comparer comparer = Comparer.of(profile);
    return MaskedMismatch.of(
        MASKING,
        comparer,
        Orders.GET,
        control,
        candidate,
        comparer.compare(Orders.GET, control, candidate));
  }

  private static byte[] concat(byte[] message, String hex) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(message);
    out.writeBytes(HexFormat.of().parseHex(hex));
    return out.toByteArray();
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
