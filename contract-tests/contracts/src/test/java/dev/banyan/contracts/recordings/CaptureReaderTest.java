package dev.banyan.contracts.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CaptureReaderTest {
  private static final Path CAPTURES = Path.of("../../legacy-adapters/sample-legacy/captures");

  @Test
  void everyCaptureOfTheSampleLegacyIsReadWithItsRequestAndItsAnswer() throws Exception {
    RecordingReader reader = new RecordingReader(Caps.DEFAULT, Optional.empty());

    List<Path> files = captures();

    assertThat(files).hasSizeGreaterThan(100);
    for (Path file : files) {
      RecordedExchange read = reader.read(file).exchanges().getFirst();
      assertThat(read.request()).as("%s", file).isPresent();
      assertThat(read.original()).as("%s", file).isPresent();
    }
  }

  @Test
  void theBodyIsTakenOutOfItsFraming() throws UnreadableRecording {
    RecordedExchange read =
        only(
            """
            === REQUEST (raw bytes)
            POST /items?a=1 HTTP/1.1
            Host: shop.example
            Content-Length: 3

            abc
            === RESPONSE (raw bytes, framing kept; ended by: chunked-complete)
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            5;x=y
            hello
            1
            !
            0
            Trailer: said

            """);

    assertThat(read.title()).isEqualTo("POST /items?a=1");
    assertThat(read.request().orElseThrow().body()).isEqualTo(body("abc"));
    assertThat(answered(read).body()).isEqualTo(body("hello!"));
  }

  @Test
  void interimAnswersArePassedOver() throws UnreadableRecording {
    RecordedExchange read =
        only("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");

    assertThat(answered(read).status()).isEqualTo(201);
  }

  @Test
  void anAnswerToHeadHasNoBodyWhateverItsLengthSays() throws UnreadableRecording {
    RecordedExchange read =
        only("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");

    assertThat(answered(read).body()).isEqualTo(Body.EMPTY);
  }

  @Test
  void anAnswerThatWasCutIsAFailureAndNotAShortBody() throws UnreadableRecording {
    assertThat(only("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort").original())
        .containsInstanceOf(Observation.Failed.class);
    assertThat(only("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nshort").original())
        .containsInstanceOf(Observation.Failed.class);
    assertThat(only("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort").original())
        .containsInstanceOf(Observation.Failed.class);
  }

  @Test
  void aRequestAloneIsAnExchangeWithoutAnAnswer() throws UnreadableRecording {
    RecordedExchange read = only("GET /a HTTP/1.1\r\nHost: b\r\n\r\n");

    assertThat(read.request()).isPresent();
    assertThat(read.original()).isEmpty();
  }

  @Test
  void severalSectionsAreSeveralExchanges() throws UnreadableRecording {
    String one = "=== REQUEST\nGET /%d HTTP/1.1\n\n\n=== RESPONSE\nHTTP/1.1 200 OK\n\nx\n";

    Recording read = read(one.formatted(1) + one.formatted(2));

    assertThat(read.exchanges())
        .extracting(RecordedExchange::title)
        .containsExactly("GET /1", "GET /2");
    assertThat(read.exchanges())
        .extracting(RecordedExchange::place)
        .containsExactly("c.http#1", "c.http#2");
  }

  @Test
  void aFileThatIsNoneOfItIsRefusedWithPlaceValueAndCure() {
    assertThatThrownBy(() -> read("GET http://shop.example/\nAccept: x\n\n"))
        .isInstanceOf(UnreadableRecording.class)
        .hasMessage(
            "c.http: request line: GET http://shop.example/ (expected: METHOD target HTTP/1.1)");
    assertThatThrownBy(() -> read("GET / HTTP/1.1\nno colon\n\n"))
        .hasMessage("c.http: header field: no colon (expected: name: value)");
  }

  private static List<Path> captures() throws IOException {
    try (Stream<Path> files = Files.list(CAPTURES)) {
      return files.filter(file -> file.toString().endsWith(".http")).toList();
    }
  }

  private static RecordedExchange only(String text) throws UnreadableRecording {
    return read(text).exchanges().getFirst();
  }

  private static Recording read(String text) throws UnreadableRecording {
    return new RecordingReader(Caps.DEFAULT, Optional.empty())
        .read("c.http", text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Observation.Answered answered(RecordedExchange read) {
    return (Observation.Answered) read.original().orElseThrow();
  }

  private static Body body(String text) {
    return new Body.Whole(text.getBytes(StandardCharsets.UTF_8));
  }
}
