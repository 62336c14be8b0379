package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.banyan.app.DataFolder;
import dev.banyan.app.privacy.KeepValues;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.app.privacy.StoreKeys;
import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractYaml;
import dev.banyan.contracts.RequestSender;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSetReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contracts recorded from a legacy that says something else each time. */
class RecordingsIT {
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer legacy;
  private URI base;
  private Recordings recordings;

  @BeforeEach
  void startLegacy(@TempDir Path folder) throws IOException {
    legacy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    legacy.createContext(
        "/",
        exchange -> {
          byte[] body =
              "{\"id\":7,\"served\":%d}"
                  .formatted(asked.incrementAndGet())
                  .getBytes(StandardCharsets.US_ASCII);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    legacy.start();
    base = URI.create("http://127.0.0.1:" + legacy.getAddress().getPort());
    TableKeeper tables = tables();
    StoreKeys keys = StoreKeys.of(List.of("test:" + "A".repeat(43)));
    recordings =
        new Recordings(tables, new DataFolder(folder), new Privacy(tables, keys, KeepValues.FULL));
  }

  @AfterEach
  void stopLegacy() {
    legacy.stop(0);
  }

  @Test
  void whatASecondAnswerSaysDifferentlyIsVolatile() throws Exception {
    record("GET");

    String yaml = recordings.finish("r").orElseThrow();

    Contract contract = ContractYaml.read("r.yaml", yaml);
    assertThat(contract.interactions()).hasSize(1);
    assertThat(contract.interactions().getFirst().volatileAt()).containsExactly("$.served");
    assertThat(Files.readString(recordings.file("r"))).isEqualTo(yaml);
  }

  @Test
  void whatMayChangeSomethingIsNotSentAgain() throws Exception {
    record("POST");

    recordings.finish("r");

    assertThat(asked).hasValue(1);
  }

  @Test
  void aLegacyThatIsGoneMeanwhileCostsNoContract() throws Exception {
    record("GET");
    legacy.stop(0);

    String yaml = recordings.finish("r").orElseThrow();

    assertThat(ContractYaml.read("r.yaml", yaml).interactions()).hasSize(1);
  }

  @Test
  void aSecondRecordingOfTheSameRouteIsRefused() {
    assertThat(recordings.start("r", "strict", 10)).isTrue();
    assertThat(recordings.start("r", "strict", 10)).isFalse();
  }

  private void record(String method) {
    RequestCopy request = new RequestCopy(method, "/orders/7", new Headers(List.of()), Body.EMPTY);
    recordings.start("r", "strict", 10);
    try (RequestSender sender = RequestSender.to(base, Duration.ofSeconds(10))) {
      recordings.offer("r", request, sender.send(request));
    }
  }

  private TableKeeper tables() {
    String rules =
        """
        version: 1
        upstreams:
          legacy: { url: %s }
        routes:
          - { id: r, match: { path: /** }, legacy: legacy }
        """
            .formatted(base);
    ReadResult.Accepted read = (ReadResult.Accepted) RuleSetReader.read("rules.yaml", rules);
    return new TableKeeper(read.rules(), table -> {});
  }
}
