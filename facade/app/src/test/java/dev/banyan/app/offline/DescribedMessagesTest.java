package dev.banyan.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Body;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded answers of gRPC are compared by the descriptor set that the route's profile names. */
class DescribedMessagesTest {
  private static final Path SET =
      Path.of("../../contract-tests/parity/src/test/resources/protobuf/orders.binpb");
  private static final String RULES =
      """
      version: 1
      upstreams: { legacy: { url: "http://127.0.0.1:5000" } }
      routes: [{ id: orders, match: { path: /shop.v1.Orders/** }, legacy: legacy, compare: p }]
      profiles:
        p: { descriptors: sets/orders.binpb }
      """;

  @TempDir Path folder;

  @Test
  void theMethodOfTheRequestTellsTheType() throws Exception {
    Files.createDirectory(folder.resolve("sets"));
    Files.copy(SET, folder.resolve("sets/orders.binpb"));
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    Judge judge = Judge.of(Optional.of(rules.toString()), Optional.empty());
    RequestCopy request = new RequestCopy("POST", "/shop.v1.Orders/Get", Headers.NONE, Body.EMPTY);

    Comparison comparison =
        judge.compare(
            Optional.of(request), answer("000000000408011802"), answer("000000000408011801"));

    assertThat(comparison)
        .isInstanceOfSatisfying(
            Comparison.Mismatch.class,
            mismatch ->
                assertThat(mismatch.differences())
                    .extracting(Difference::location, Difference::control, Difference::candidate)
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                            "messages[*].status", "\"STATUS_SHIPPED\"", "\"STATUS_OPEN\"")));
  }

  private static Observation answer(String frames) {
    return new Observation.Answered(
        200,
        new Headers(List.of(new Headers.Field("content-type", "application/grpc"))),
        new Body.Whole(HexFormat.of().parseHex(frames)),
        Headers.NONE,
        Duration.ZERO,
        Duration.ZERO);
  }
}
