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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contracts recorded from a legacy that says something else each time. */
class RecordingsIT {
  private final AtomicInteger asked = new AtomicInteger();
  private final List<com.sun.net.httpserver.Headers> heads = new CopyOnWriteArrayList<>();
  private volatile String wanted = "";
  private HttpServer legacy;
  private URI base;
  private Recordings recordings;

  @BeforeEach
  void startLegacy(@TempDir Path folder) throws IOException {
    legacy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    legacy.createContext(
        "/",
        exchange -> {
          heads.add(exchange.getRequestHeaders());
          if (!wanted.isEmpty() && !exchange.getRequestHeaders().containsKey(wanted)) {
            exchange.getResponseHeaders().set("Location", "/login");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
            return;
          }
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
  void aProtectedRouteIsAskedAgainAsItsClientAskedIt() throws Exception {
    wanted = "Cookie";
    record(
        "GET",
        "Cookie",
        "id=SECRET",
        "Host",
        "shop.example:8080",
        "Authorization",
        "Bearer SECRET");

    String yaml = recordings.finish("r").orElseThrow();

    Contract.Interaction only = ContractYaml.read("r.yaml", yaml).interactions().getFirst();
    assertThat(only.expected().status()).isEqualTo(200);
    assertThat(only.volatileAt()).containsExactly("$.served");
    assertThat(yaml).doesNotContain("SECRET", "shop.example");
    assertThat(recordings.leftOut("r")).isEmpty();
    assertThat(heads)
        .hasSize(2)
        .last()
        .satisfies(
            head -> {
              assertThat(head.getFirst("Cookie")).isEqualTo("id=SECRET");
              assertThat(head.getFirst("Authorization")).isEqualTo("Bearer SECRET");
              assertThat(head.getFirst("Host")).isEqualTo("shop.example:8080");
            });
  }

  @Test
  void anotherAnswerWhenAskedAgainIsCountedAndNotExpected() throws Exception {
    record("GET", "Cookie", "id=1");
    wanted = "X-Key";

    String yaml = recordings.finish("r").orElseThrow();

    assertThat(ContractYaml.read("r.yaml", yaml).interactions().getFirst().expected().status())
        .isEqualTo(200);
    assertThat(recordings.leftOut("r")).containsExactly(Map.entry("other-answer", 1L));
  }

  @Test
  void theHostOfTheRouteIsSentWhereItHasOne() throws Exception {
    recordOn("named", "GET", "Host", "shop.example");

    recordings.finish("named");

    assertThat(heads).last().extracting(head -> head.getFirst("Host")).isEqualTo("old.example");
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

  private void record(String method, String... headers) {
    recordOn("r", method, headers);
  }

  private void recordOn(String routeId, String method, String... headers) {
    recordings.start(routeId, "strict", 10);
    try (RequestSender sender =
        RequestSender.to(base, Duration.ofSeconds(10), RequestSender.Host.AS_RECORDED)) {
      RequestCopy request = request(method, headers);
      recordings.offer(routeId, request, sender.send(request));
    }
  }

  private static RequestCopy request(String method, String... headers) {
    List<Headers.Field> fields = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(new Headers.Field(headers[i], headers[i + 1]));
    }
    return new RequestCopy(method, "/orders/7", new Headers(fields), Body.EMPTY);
  }

  private TableKeeper tables() {
    String rules =
        """
        version: 1
        upstreams:
          legacy: { url: %s }
        routes:
          - { id: r, match: { path: /** }, legacy: legacy }
          - { id: named, match: { path: /named/** }, legacy: legacy, host: old.example }
        """
            .formatted(base);
    ReadResult.Accepted read = (ReadResult.Accepted) RuleSetReader.read("rules.yaml", rules);
    return new TableKeeper(read.rules(), table -> {});
  }
}
