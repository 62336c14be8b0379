package dev.banyan.contracts.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.parity.Observation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoReplayReaderTest {
  private static final String MONKEYS = "\n🐵🙈🙉\n";
  private static final String ASKED =
      "1 f45590522cd1 1439818823587485\nGET /a HTTP/1.1\r\nHost: b\r\n\r\n";
  private static final String ORIGINAL =
      "2 f45590522cd1 1439818823587999 3000000\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1";
  private static final String REPLAYED =
      "3 f45590522cd1 1439818823588999 5000000\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2";

  @Test
  void payloadsOfOneIdAreOneExchange() throws UnreadableRecording {
    Recording read = read(ASKED + MONKEYS + REPLAYED + MONKEYS + ORIGINAL + MONKEYS);

    assertThat(read.exchanges()).hasSize(1);
    RecordedExchange one = read.exchanges().getFirst();
    assertThat(one.title()).isEqualTo("GET /a");
    assertThat(one.original().map(Observation::duration)).contains(Duration.ofMillis(3));
    assertThat(one.replayed().map(Observation::duration)).contains(Duration.ofMillis(5));
  }

  @Test
  void aFileOfAnyNameIsKnownByItsFirstLine() throws UnreadableRecording {
    Recording read =
        new RecordingReader(Caps.DEFAULT, Optional.empty())
            .read("requests_0", (ASKED + MONKEYS).getBytes(StandardCharsets.UTF_8));

    assertThat(read.exchanges().getFirst().title()).isEqualTo("GET /a");
  }

  @Test
  void originalAndReplayedAnswersAreComparedWithinOneFile() throws UnreadableRecording {
    String other = ASKED.replace("f45590522cd1", "77").replace("/a", "/alone");

    Pairing pairing =
        Pairing.within(read(String.join(MONKEYS, ASKED, ORIGINAL, REPLAYED, other) + MONKEYS));

    assertThat(pairing.pairs()).hasSize(1);
    assertThat(pairing.unpaired())
        .extracting(Pairing.Unpaired::title)
        .containsExactly("GET /alone");
  }

  @Test
  void aFileOfReplayedAnswersIsComparedWithOneOfOriginalAnswers() throws UnreadableRecording {
    Pairing pairing =
        Pairing.of(read(ASKED + MONKEYS + ORIGINAL), read(ASKED + MONKEYS + REPLAYED));

    assertThat(pairing.pairs()).hasSize(1);
    assertThat(pairing.unpaired()).isEmpty();
  }

  @Test
  void aPayloadWithoutItsLineIsRefusedWithItsNumber() {
    assertThatThrownBy(() -> read(ASKED + MONKEYS + "garbage" + MONKEYS))
        .isInstanceOf(UnreadableRecording.class)
        .hasMessageStartingWith("traffic.gor#2: payload: garbage (expected: type id time");
  }

  @Test
  void anIdThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> read(ASKED + MONKEYS + ASKED + MONKEYS))
        .isInstanceOf(UnreadableRecording.class)
        .hasMessageContaining("each id once for each type");
  }

  private static Recording read(String text) throws UnreadableRecording {
    return new RecordingReader(Caps.DEFAULT, Optional.empty())
        .read("traffic.gor", text.getBytes(StandardCharsets.UTF_8));
  }
}
