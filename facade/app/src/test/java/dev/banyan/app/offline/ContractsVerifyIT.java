package dev.banyan.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractsVerifyIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORDER = "application/x-protobuf; messageType=\"shop.v1.Order\"";
  private static final Path SET =
      Path.of("../../contract-tests/parity/src/test/resources/protobuf/orders.binpb");

  @TempDir Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile String type = "application/json";
  private volatile byte[] body = utf8("{\"id\":1,\"price\":10}");
  private HttpServer server;
  private String url;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] sent = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          told.add(exchange.getRequestURI() + new String(sent, StandardCharsets.UTF_8));
          exchange.close();
        });
    server.createContext(
        "/api/v1/routes/prices/contract/report",
        exchange -> {
          String sent =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          told.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + sent);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void optionsAreWrittenAsThoseOfTheOtherCommands() throws IOException {
    String contract = contract("strict", "body-json: '{\"id\":1,\"price\":10}'", "");

    assertThat(Ran.verify(contract, "--target=" + url).exit()).isZero();
    Ran json = Ran.verify("--json", "--target", url, contract, contract);
    assertThat(json.exit()).isZero();
    JsonNode read = JSON.readTree(json.out());
    assertThat(read.at("/passed").asInt()).isEqualTo(2);
    assertThat(read.at("/reports/1/profile").asText()).isEqualTo("strict");
  }

  @Test
  void aProfileOfTheRulesHoldsByTheNameThatTheContractGives() throws IOException {
    String contract = contract("lenient", "body-json: '{\"id\":1,\"price\":12}'", "");

    Ran ran = Ran.verify(contract, "--target", url, "--rules", rules());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("prices against " + url + " by lenient", "tolerated:");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void theProfileThatIsNamedComesFirst() throws IOException {
    String contract = contract("lenient", "body-json: '{\"id\":1,\"price\":12}'", "");

    Ran strict = Ran.verify(contract, "--target", url, "--rules", rules(), "--profile", "strict");
    assertThat(strict.out()).contains("by strict", "$.price value");
    assertThat(strict.exit()).isEqualTo(1);
    Ran builtIn = Ran.verify(contract, "--target", url, "--profile", "strict");
    assertThat(builtIn.exit()).isEqualTo(1);
  }

  @Test
  void messagesAreReadByTheDescriptorsOfTheProfile() throws IOException {
    Files.copy(SET, folder.resolve("orders.binpb"));
    type = ORDER;
    body = HexFormat.of().parseHex("08011801");
    String expected =
        "body-base64: " + Base64.getEncoder().encodeToString(HexFormat.of().parseHex("08011802"));
    String contract = contract("lenient", expected, "volatile: [$.status]");

    Ran described = Ran.verify(contract, "--target", url, "--rules", rules());
    assertThat(described.out()).contains("1 passed, 0 failed");
    assertThat(described.exit()).isZero();
    Ran byTag = Ran.verify(contract, "--target", url, "--profile", "strict");
    assertThat(byTag.exit()).isEqualTo(1);
  }

  @Test
  void theReportNamesTheVersionThatWasVerified() throws IOException {
    String contract = contract("strict", "body-json: '{\"id\":1,\"price\":11}'", "");
    String token = Files.writeString(folder.resolve("token"), "s3cret\n").toString();

    Ran ran =
        Ran.verify(
            contract, "--target", url, "--report", url, "--token-file", token, "--version=2.1");

    assertThat(ran.exit()).isEqualTo(1);
    String report = told.getLast();
    assertThat(report).startsWith("Bearer s3cret {");
    JsonNode read = JSON.readTree(report.substring(report.indexOf('{')));
    assertThat(read.at("/version").asText()).isEqualTo("2.1");
    assertThat(read.at("/target").asText()).isEqualTo(url);
    assertThat(read.at("/failed").asInt()).isEqualTo(1);
    assertThat(read.at("/failures/0/differences/0/location").asText()).isEqualTo("$.price");
  }

  @Test
  void aReportThatIsNotTakenEndsWithOne() throws IOException {
    String contract = contract("strict", "body-json: '{\"id\":1,\"price\":10}'", "");
    String token = Files.writeString(folder.resolve("token"), "s3cret").toString();

    Ran ran =
        Ran.verify(
            contract, "--target", url, "--report", url + "/elsewhere", "--token-file", token);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains("banyan: report: 200 ", "(expected: 204)");
  }

  @Test
  void wrongUsageAndUnreadableFilesEndWithTwoAndAReasonAndNothingIsSent() throws IOException {
    String contract = contract("mine", "body-text: x", "");

    assertWrong("files: none (expected: a contract file", "--target", url);
    assertWrong("--target: none (expected: a base URL", contract);
    assertWrong("--target: localhost:80 (expected: a base URL", contract, "--target=localhost:80");
    assertWrong("--target: a b (expected: a base URL", contract, "--target", "a b");
    assertWrong("option: --targt=x (expected: one of [--target, ", contract, "--targt=x");
    assertWrong("option: --target without a value", contract, "--target");
    assertWrong(
        contract + ": profile: mine (expected: one of [dotnet-json, ", contract, "--target", url);
    assertWrong(
        "or --profile NAME, or --rules with a file that has it)", contract, "--target=" + url);
    assertWrong("--profile: x (expected: one of [", contract, "--target", url, "--profile", "x");
    assertWrong("--version: without --report", contract, "--target", url, "--version", "1");
    assertWrong("--token-file: none (expected: ", contract, "--target", url, "--report", url);
    assertWrong("none.yaml (expected: a contract file", folder + "/none.yaml", "--target", url);
    String broken = Files.writeString(folder.resolve("b.yaml"), "contract: 2\n").toString();
    assertWrong("b.yaml:1: contract: 2 (expected: 1)", broken, "--target", url);
    String trailers = contract("strict", "trailers: [{grpc-status: 0}]", "");
    assertWrong(
        "expect.trailers: grpc-status: 0 (expected: no trailers", trailers, "--target", url);
    assertThat(told).isEmpty();
  }

  private static void assertWrong(String message, String... words) {
    Ran ran = Ran.verify(words);
    assertThat(ran.err()).contains(message, "usage: banyan contracts verify");
    assertThat(ran.exit()).isEqualTo(2);
  }

  private String contract(String profile, String expected, String more) throws IOException {
    return Files.writeString(
            folder.resolve("c.yaml"),
            """
            contract: 1
            route: prices
            profile: %s
            recorded-at: 2026-11-21T05:00:00Z
            interactions:
              - name: GET /price/1
                request: { method: GET, target: /price/1 }
                expect:
                  status: 200
                  headers: [{Content-Type: '%s'}]
                  %s
                %s
            """
                .formatted(profile, type, expected, more))
        .toString();
  }

  private String rules() throws IOException {
    String descriptors =
        Files.exists(folder.resolve("orders.binpb"))
            ? "descriptors: orders.binpb"
            : "extends: strict";
    return Files.writeString(
            folder.resolve("rules.yaml"),
            """
            version: 1
            upstreams: { legacy: { url: "http://127.0.0.1:1" } }
            routes: [{ id: prices, match: { path: /price/** }, legacy: legacy, compare: lenient }]
            profiles:
              lenient:
                %s
                tolerate:
                  - { name: price, at: $.price, kind: value, owner: me, reason: it may }
            """
                .formatted(descriptors))
        .toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
