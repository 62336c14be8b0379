package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Headers.Field;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.TriedWrite.Result;
import dev.banyan.rules.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers of the migrated side end a write, and which ask for another try. */
class TriedWriteTest {
  private static final Upstream NOWHERE =
      new Upstream(
          "nowhere",
          List.of(URI.create("http://127.0.0.1:1")),
          Upstream.Protocol.HTTP1,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          1);

  private static TriedWrite tried(Observation candidate) {
    return TriedWrite.of(
        new ShadowedExchange.Pair(
            Decisions.serve(NOWHERE),
            new RequestCopy("POST", "/", Headers.NONE, Body.EMPTY),
            answer(201, Headers.NONE, Headers.NONE),
            candidate));
  }

  private static Observation answer(int status, Headers headers, Headers trailers) {
    return new Observation.Answered(
        status, headers, Body.EMPTY, trailers, Duration.ZERO, Duration.ZERO);
  }

  private static Headers fields(String name, String value) {
    return new Headers(List.of(new Field(name, value)));
  }

  @ParameterizedTest
  @CsvSource({
    "200, DONE, 2xx",
    "201, DONE, 2xx",
    "204, DONE, 2xx",
    "302, REFUSED, 3xx",
    "400, REFUSED, 4xx",
    "404, REFUSED, 4xx",
    "408, AGAIN, 4xx",
    "409, REFUSED, 4xx",
    "422, REFUSED, 4xx",
    "425, AGAIN, 4xx",
    "429, AGAIN, 4xx",
    "500, AGAIN, 5xx",
    "503, AGAIN, 5xx"
  })
  void theStatusSays(int status, Result result, String reason) {
    assertThat(tried(answer(status, Headers.NONE, Headers.NONE)))
        .isEqualTo(new TriedWrite(result, reason));
  }

  @Test
  void aConflictThatPassesIsTriedAgain() {
    assertThat(tried(answer(409, fields("Retry-After", "1"), Headers.NONE)).result())
        .isEqualTo(Result.AGAIN);
  }

  @ParameterizedTest
  @CsvSource({"0, DONE", "2, AGAIN", "3, REFUSED", "6, REFUSED", "14, AGAIN"})
  void ofGrpcTheTrailersSayOrTheHeadWhereThereAreNone(String code, Result result) {
    Headers status = fields("grpc-status", code);
    assertThat(tried(answer(200, Headers.NONE, status)).result()).isEqualTo(result);
    assertThat(tried(answer(200, status, Headers.NONE)).result()).isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect-refused", "cut-answer", "answer-timeout"})
  void withoutAWholeAnswerItIsTriedAgain(String failure) {
    assertThat(tried(new Observation.Failed(failure, Duration.ZERO)))
        .isEqualTo(new TriedWrite(Result.AGAIN, failure));
  }
}
