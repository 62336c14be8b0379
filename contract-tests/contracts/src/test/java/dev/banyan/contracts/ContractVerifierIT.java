package dev.banyan.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real server on a free port. */
class ContractVerifierIT {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");

  private final Map<String, String> seen = new ConcurrentHashMap<>();
  private volatile String body = "{\"id\":1,\"price\":9.90,\"at\":\"10:00\"}";
  private volatile int status = 200;
  private final HttpServer server = start();

  private HttpServer start() {
    try {
      HttpServer fresh =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      fresh.createContext("/", this::serve);
      fresh.start();
      return fresh;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void fresh() {
    seen.clear();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theSystemThatWasRecordedPasses() {
    ContractReport report = ContractVerifier.verify(contract(), target());
    assertThat(report.green()).isTrue();
    assertThat(report.passed()).isEqualTo(1);
    assertThat(report.target()).isEqualTo(target().toString());
  }

  @Test
  void volatileValuesMayDifferButMustBeThere() {
    Contract contract = contract();
    body = "{\"id\":1,\"price\":9.9,\"at\":\"23:59\"}";
    assertThat(ContractVerifier.verify(contract, target()).green()).isTrue();

    body = "{\"id\":1,\"price\":9.9,\"at\":5}";
    assertThat(failures(contract)).containsExactly("$.at type");
    body = "{\"id\":1,\"price\":9.9}";
    assertThat(failures(contract)).containsExactly("$.at missing");
  }

  @Test
  void wrongStatusAndWrongValueAndMissingFieldFail() {
    Contract contract = contract();
    status = 404;
    assertThat(failures(contract)).containsExactly("status value");
    status = 200;
    body = "{\"id\":1,\"price\":9.91,\"at\":\"10:00\"}";
    assertThat(failures(contract)).containsExactly("$.price value");
    body = "{\"price\":9.90,\"at\":\"10:00\"}";
    assertThat(failures(contract)).containsExactly("$.id missing");
  }

  @Test
  void aDeadPortFailsEveryInteraction() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ContractReport report =
        ContractVerifier.verify(contract(), URI.create("http://127.0.0.1:" + port));
    assertThat(report.failed()).isEqualTo(1);
    assertThat(report.results().getFirst().differences().getFirst().candidate())
        .isEqualTo("connect-refused");
  }

  @Test
  void aServerThatNeverAnswersFailsInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      ContractReport report =
          ContractVerifier.verify(
              contract(),
              CompareProfile.STRICT,
              URI.create("http://127.0.0.1:" + silent.getLocalPort()),
              Duration.ofMillis(300),
              InstantSource.fixed(NOW));
      assertThat(report.results().getFirst().differences().getFirst().candidate())
          .isEqualTo("answer-timeout");
      assertThat(report.at()).isEqualTo(NOW);
    }
  }

  @Test
  void requestsAreSentAsTheyWereRecorded() {
    ContractVerifier.verify(
        contract(
            Exchanges.post(
                "/CatalogService.asmx?q=a|b%2Fc",
                "<x>é</x>",
                "Content-Type",
                "text/xml",
                "SOAPAction",
                "\"http://legacy.example/catalog/GetPrice\"",
                "Host",
                "elsewhere",
                "Content-Length",
                "999",
                "Connection",
                "close"),
            Exchanges.json(body)),
        URI.create(target() + "/"));

    assertThat(seen)
        .containsEntry("method", "POST")
        .containsEntry("target", "/CatalogService.asmx?q=a%7Cb%2Fc")
        .containsEntry("soapaction", "\"http://legacy.example/catalog/GetPrice\"")
        .containsEntry("body", "<x>é</x>");
  }

  @Test
  void methodsThatMayHaveABodySayThatTheyHaveNone() {
    for (String method : List.of("DELETE", "POST", "PUT")) {
      RequestCopy request = new RequestCopy(method, "/a", Exchanges.headers(), Exchanges.body(""));
      ContractVerifier.verify(contract(request, Exchanges.json("{}")), target());
      assertThat(seen).containsEntry("method", method).containsEntry("content-length", "0");
      seen.clear();
    }
  }

  @Test
  void redirectsAreAnswersAndNotFollowed() {
    Contract contract = contract(Exchanges.get("/a"), Exchanges.answer(302, "", "Location", "/b"));
    status = 302;
    body = "";
    assertThat(ContractVerifier.verify(contract, target()).green()).isTrue();
    assertThat(seen).containsEntry("target", "/a");
  }

  @Test
  void aProfileOfARuleSetIsUsedWhereItIsGiven() {
    Contract contract = contract();
    body = "{\"id\":1,\"price\":12,\"at\":\"10:00\"}";
    CompareProfile lenient =
        new CompareProfile(
            "lenient",
            CompareProfile.VISIBLE_HEADERS,
            CompareProfile.Arrays.ORDERED,
            List.of(new Tolerance("prices", "$.price", "value", "shop", "new prices")));
    assertThat(ContractVerifier.verify(contract, lenient, target()).green()).isTrue();
  }

  @Test
  void anUnknownProfileAndATargetThatIsNoUrlAreRefused() {
    Contract unknown = new Contract("r", "mine", NOW, contract().interactions());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContractVerifier.verify(unknown, target()))
        .withMessageStartingWith(
            "profile: mine (expected: one of [strict, dotnet-json, dotnet-soap, html-page]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContractVerifier.verify(contract(), URI.create("localhost:80")))
        .withMessageStartingWith("target: localhost:80 (expected: ");
  }

  private Contract contract() {
    Contract recorded =
        contract(
            Exchanges.get("/api/products/1", "Accept", "application/json"),
            Exchanges.json(body),
            Exchanges.json(body.replace("10:00", "10:01")));
    return ContractYaml.read("c.yaml", ContractYaml.write(recorded));
  }

  private static Contract contract(RequestCopy request, Observation... answers) {
    ContractRecorder recorder =
        ContractRecorder.start("catalog.product", CompareProfile.DOTNET_JSON, 10);
    for (Observation answer : answers) {
      recorder.offer(request, answer);
    }
    return recorder.finish(NOW);
  }

  private List<String> failures(Contract contract) {
    return ContractVerifier.verify(contract, target()).results().stream()
        .flatMap(result -> result.differences().stream())
        .map(difference -> difference.location() + " " + difference.kind().word())
        .toList();
  }

  private URI target() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    seen.put("method", exchange.getRequestMethod());
    seen.put("target", exchange.getRequestURI().toString());
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> seen.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    seen.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (status == 302) {
      exchange.getResponseHeaders().set("Location", "/b");
    } else {
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
