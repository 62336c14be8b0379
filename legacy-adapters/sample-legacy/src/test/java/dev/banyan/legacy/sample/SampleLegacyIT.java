package dev.banyan.legacy.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.banyan.legacy.sample.SampleLegacy.Kind;
import dev.banyan.legacy.sample.SampleLegacy.Mode;
import dev.banyan.legacy.sample.SampleLegacy.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class SampleLegacyIT {
  private static final String ORDER =
      "GET /Orders.ashx?id=10001 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

  @Test
  void monoServesTheFreshlyCompiledSystemAndEndsWithIt() throws Exception {
    assumeTrue(MonoProcess.installed(), "SKIPPED: Mono is missing; cure: " + SampleLegacy.CURE);
    SampleLegacy legacy = SampleLegacy.start(Options.defaults());
    try (legacy;
        var wire = new Wire(legacy.uri())) {
      wire.send(ORDER);

      assertThat(legacy.kind()).isEqualTo(Kind.MONO);
      assertThat(wire.readToEnd()).startsWith("HTTP/1.1 200 OK").contains("\"Total\":1234.50");
    }
    assertThatThrownBy(
            () -> new Socket(InetAddress.ofLiteral("127.0.0.1"), legacy.uri().getPort()).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void replayStandsInWhereItIsAskedFor() throws Exception {
    try (SampleLegacy legacy = SampleLegacy.start(Options.defaults().withMode(Mode.REPLAY_ONLY));
        var wire = new Wire(legacy.uri())) {
      wire.send(ORDER);

      assertThat(legacy.kind()).isEqualTo(Kind.REPLAY);
      assertThat(wire.readToEnd()).startsWith("HTTP/1.1 200 OK").contains("\"Total\":1234.50");
    }
  }

  @Test
  void anUnknownFlagIsNamed() {
    assertThatThrownBy(() -> SampleLegacy.parse(new String[] {"--prot", "1"}))
        .hasMessageStartingWith("flag: --prot (expected: ");
  }
}
