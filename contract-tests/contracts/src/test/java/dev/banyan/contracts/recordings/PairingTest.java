package dev.banyan.contracts.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.parity.Observation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairingTest {
  private static final String EXCHANGE =
      "=== REQUEST\nGET %s HTTP/1.1\nHost: %s\n\n\n=== RESPONSE\nHTTP/1.1 %d OK\n\n\n";

  @Test
  void repeatedRequestsArePairedInTheirOrderAndTheRestIsNamed() throws UnreadableRecording {
    Recording control =
        read(exchange("/a", "x", 200), exchange("/a", "x", 201), exchange("/b", "x", 200));
    Recording candidate =
        read(exchange("/c", "y", 200), exchange("/a", "y", 202), exchange("/a", "y", 203));

    Pairing pairing = Pairing.of(control, candidate);

    assertThat(pairing.pairs())
        .extracting(
            pair -> pair.title() + " " + status(pair.control()) + " " + status(pair.candidate()))
        .containsExactly("GET /a 200 202", "GET /a 201 203");
    assertThat(pairing.unpaired())
        .extracting(one -> one.title() + " " + one.why())
        .containsExactly(
            "GET /b only in the control's recording", "GET /c only in the candidate's recording");
  }

  @Test
  void twoFilesOfOneExchangeAreAPairWhateverWasAsked() throws UnreadableRecording {
    Pairing pairing =
        Pairing.of(
            read(exchange("/Orders.ashx?id=1", "x", 200)), read(exchange("/orders/1", "y", 200)));

    assertThat(pairing.pairs())
        .extracting(Pairing.Pair::title)
        .containsExactly("GET /Orders.ashx?id=1");
    assertThat(pairing.unpaired()).isEmpty();
  }

  @Test
  void withinOneRecordingTheFirstHostIsTheControl() throws UnreadableRecording {
    Pairing pairing =
        Pairing.within(
            read(exchange("/a", "old.example", 200), exchange("/a", "new.example", 404)));

    assertThat(pairing.pairs()).hasSize(1);
    assertThat(status(pairing.pairs().getFirst().control())).isEqualTo(200);
  }

  @Test
  void oneRecordingOfOneHostHasNothingToCompare() throws UnreadableRecording {
    Recording one = read(exchange("/a", "old.example", 200), exchange("/a", "old.example", 200));

    assertThatThrownBy(() -> Pairing.within(one))
        .isInstanceOf(UnreadableRecording.class)
        .hasMessageContaining("[old.example]")
        .hasMessageContaining("a second recording");
  }

  private static String exchange(String target, String host, int status) {
    return EXCHANGE.formatted(target, host, status);
  }

  private static Recording read(String... exchanges) throws UnreadableRecording {
    return new RecordingReader(Caps.DEFAULT, Optional.empty())
        .read("p.http", String.join("", exchanges).getBytes(StandardCharsets.UTF_8));
  }

  private static int status(Observation observation) {
    return ((Observation.Answered) observation).status();
  }
}
