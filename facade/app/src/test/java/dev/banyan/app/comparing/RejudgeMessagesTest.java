package dev.banyan.app.comparing;

import static dev.banyan.app.comparing.Sighted.judge;
import static dev.banyan.app.comparing.Sighted.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.ProtobufTypes;
import dev.banyan.rules.protobuf.DescriptorReader;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Exemplars with messages of protobuf that are judged again. */
class RejudgeMessagesTest {
  private static final CompareProfile STRICT = CompareProfile.STRICT;
  private static final Path SET =
      Path.of("../../contract-tests/parity/src/test/resources/protobuf/orders.binpb");
  private static final RequestCopy GET_ORDER =
      new RequestCopy("POST", "/shop.v1.Orders/Get", Headers.NONE, Body.EMPTY);

  @Test
  void messagesOfGrpcAreJudgedByTheirFields() throws IOException {
    CompareProfile typed = typed(orders(SET));
    Sighting status = sighting(order(), typed, "messages[*].status");

    assertThat(judge(typed, status)).isEqualTo(new Standing.Mismatch());
    assertThat(
            judge(
                typed.withTolerances(
                    List.of(new Tolerance("open", "messages[*].status", "value", "me", "because"))),
                status))
        .isEqualTo(new Standing.Tolerated(List.of("open")));
    assertThat(status.exemplars().getFirst().control().body())
        .contains("\"status\": \"STATUS_SHIPPED\"");
  }

  @Test
  void messagesThatWereReadByOtherTypesAreStale() throws IOException {
    CompareProfile typed = typed(orders(SET));
    DescriptorSet longer = longer();

    assertThat(judge(STRICT, sighting(order(), typed, "messages[*].status")))
        .isEqualTo(new Standing.Stale());
    assertThat(
            judge(
                typed(new ProtobufTypes(longer, Optional.empty())),
                sighting(order(), typed, "messages[*].status")))
        .isEqualTo(new Standing.Stale());
    assertThat(judge(typed, sighting(order(), STRICT, "messages[*].fields['3']")))
        .isEqualTo(new Standing.Stale());
    assertThat(judge(STRICT, sighting(order(), STRICT, "messages[*].fields['3']")))
        .isEqualTo(new Standing.Mismatch());
  }

  @Test
  void aPlainMessageThatWasComparedByItsBytesIsStaleOnceThereAreTypes() throws IOException {
    byte[] control = HexFormat.of().parseHex("08011802");
    byte[] candidate = HexFormat.of().parseHex("08011801");
    Pair pair = Pairs.bodies(GET_ORDER, control, candidate, "application/x-protobuf");
    Sighting bytes = sighting(pair, STRICT, "body");
    ProtobufTypes types = new ProtobufTypes(orders(SET).set(), Optional.of("shop.v1.Order"));

    assertThat(judge(STRICT, bytes)).isEqualTo(new Standing.Mismatch());
    assertThat(judge(typed(types), bytes)).isEqualTo(new Standing.Stale());
  }

  private static CompareProfile typed(ProtobufTypes types) {
    return new CompareProfile(
        "p",
        STRICT.headers(),
        STRICT.arrays(),
        STRICT.keys(),
        STRICT.rules(),
        List.of(),
        Optional.of(types));
  }

  /** Of gRPC: one message each, with another status. */
  private static Pair order() {
    return Pairs.bodies(
        GET_ORDER,
        HexFormat.of().parseHex("000000000408011802"),
        HexFormat.of().parseHex("000000000408011801"),
        "application/grpc");
  }

  private static ProtobufTypes orders(Path set) throws IOException {
    return new ProtobufTypes(read(Files.readAllBytes(set)), Optional.empty());
  }

  /** The same types with a field more that no reader knows. */
  private static DescriptorSet longer() throws IOException {
    byte[] set = Files.readAllBytes(SET);
    byte[] longer = Arrays.copyOf(set, set.length + 3);
    System.arraycopy(new byte[] {(byte) 0xa0, 0x06, 1}, 0, longer, set.length, 3);
    return read(longer);
  }

  private static DescriptorSet read(byte[] set) {
    return ((DescriptorReader.Outcome.Linked) DescriptorReader.read(set)).set();
  }
}
