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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SampleLegacyIT {
  private static final int CLIENTS = 9;
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
  void clientsThatAskAtTheSameTimeGetTheProductThatTheyAskedFor() throws Exception {
    assumeTrue(MonoProcess.installed(), "SKIPPED: Mono is missing; cure: " + SampleLegacy.CURE);
    Queue<String> mixedUp = new ConcurrentLinkedQueue<>();
    try (SampleLegacy legacy = SampleLegacy.start(Options.defaults());
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
        List<Callable<Void>> asking = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          String sku = List.of("AB-1", "CD-2", "zzz").get(i % 3);
          asking.add(() -> ask(http, legacy.uri(), sku, mixedUp));
        }
        for (Future<Void> done : clients.invokeAll(asking)) {
          done.get();
        }
      }
    }
    assertThat(mixedUp).isEmpty();
  }

  private static Void ask(HttpClient http, URI legacy, String sku, Queue<String> mixedUp)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(legacy.resolve("/api/products/" + sku))
            .timeout(Duration.ofMinutes(1))
            .build();
    try {
      for (int i = 0; i < 500; i++) {
        String body = http.send(request, BodyHandlers.ofString()).body();
        if (!body.contains(sku)) {
          mixedUp.add(sku + " asked for, told: " + body);
        }
      }
    } catch (IOException failed) {
      mixedUp.add(sku + ": " + failed);
    }
    return null;
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
