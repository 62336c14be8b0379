package dev.banyan.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractYamlTest {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00.123Z");
  private static final String VALID =
      """
      contract: 1
      route: r
      profile: strict
      recorded-at: 2026-11-21T05:00:00Z
      interactions:
        - name: GET /a
          request:
            method: GET
            target: /a
            headers:
              - Accept: text/plain
          expect:
            status: 200
            body-text: hello
          volatile:
            - $.at
      """;

  @Test
  void everyCapturedExchangeComesBackAsItWas() {
    ContractRecorder recorder = ContractRecorder.start("all", CompareProfile.DOTNET_JSON, 1000);
    List<Exchanges.Exchange> captured = Exchanges.captured();
    captured.forEach(exchange -> recorder.offer(exchange.request(), exchange.answer()));
    Contract contract = recorder.finish(NOW);
    assertThat(contract.interactions()).hasSizeGreaterThan(30);

    assertThat(ContractYaml.read("c.yaml", ContractYaml.write(contract))).isEqualTo(contract);
  }

  @Test
  void aContractReadsLikeWhatWasSeen() {
    Contract contract = contract("{\n  \"price\": 1234.50\n}", "application/json; charset=utf-8");
    assertThat(ContractYaml.write(contract))
        .endsWith(
            """
            contract: 1
            route: catalog.product
            profile: dotnet-json
            recorded-at: 2026-11-21T05:00:00.123Z
            interactions:
              - name: GET /api/products/1
                request:
                  method: GET
                  target: /api/products/1
                  headers:
                    - Accept: '*/*'
                expect:
                  status: 200
                  headers:
                    - Content-Type: application/json; charset=utf-8
                  body-json: |-
                    {
                      "price": 1234.50
                    }
                volatile:
                  - $.price
                  - header.location
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "\n\n",
        "a\n",
        "a\n\n",
        " a",
        "  a\nb",
        "\ta",
        "a \nb",
        "a\r\nb",
        "\r",
        "\n a",
        "\n\n  a\n\n",
        "---",
        "...",
        "# c",
        "a: b",
        "- x",
        "|",
        "null",
        "1",
        "~",
        "'",
        "\"",
        "\u0000",
        "\u0085",
        "\u2028x",
        "\u007f",
        "é",
        "山田",
        "\uD83D\uDE00",
        "\uFEFFx",
        "{\"a\":1}\n",
        "%TAG",
        "a\n---\nb",
        "a\n...\n",
        "  \n  ",
        "a\n ",
        "\u00a0"
      })
  void everyTextComesBackAsItWas(String text) {
    for (String type : List.of("application/json", "text/plain")) {
      Contract contract = contract(text, type);
      assertThat(ContractYaml.read("c.yaml", ContractYaml.write(contract))).isEqualTo(contract);
    }
  }

  @Test
  void randomBytesAndTextsComeBackAsTheyWere() {
    Random random = new Random(20261121);
    String alphabet = " \n\r\t:-#|>'\"{}[]a1é\u0085\u2028\uFEFF%&*!?,";
    List<Interaction> interactions = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      interactions.add(
          new Interaction(
              "n" + i,
              new RequestCopy("POST", "/" + i, Headers.NONE, new Body.Whole(bytes)),
              answer(text.toString(), "text/plain"),
              Set.of()));
    }
    Contract contract = new Contract("r", "strict", NOW, interactions);
    assertThat(ContractYaml.read("c.yaml", ContractYaml.write(contract))).isEqualTo(contract);
  }

  @Test
  void headerBytesComeBackAsTheyWere() {
    String utf8 =
        new String("Gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    Contract contract =
        new Contract(
            "r",
            "strict",
            NOW,
            List.of(
                new Interaction(
                    "n",
                    new RequestCopy(
                        "GET",
                        "/caf\u00e9",
                        Exchanges.headers("A", utf8, "B", "Gr\u00fc\u00dfe", "A", "", "No", "yes"),
                        Body.EMPTY),
                    answer("", "text/plain"),
                    Set.of())));
    String yaml = ContractYaml.write(contract);
    assertThat(yaml).contains("- A: Gr\u00fc\u00dfe");
    assertThat(ContractYaml.read("c.yaml", yaml)).isEqualTo(contract);
  }

  @Test
  void whatPeopleWriteIsRead() {
    Contract contract = ContractYaml.read("c.yaml", VALID);
    Interaction only = contract.interactions().getFirst();
    assertThat(Exchanges.text(only.expected().body())).isEqualTo("hello");
    assertThat(only.volatileAt()).containsExactly("$.at");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "contract: 1;contract: 2;c.yaml:1: contract: 2 (expected: 1)",
        "status: 200;status: ok;c.yaml:13: interactions[0].expect.status: ok (expected: a number"
            + " from 200 to 599)",
        "status: 200;state: 200;c.yaml:13: interactions[0].expect: state (expected: one of status,"
            + " headers, body-json, body-text, body-base64)",
        "method: GET;method: '';c.yaml:8: interactions[0].request.method:  (expected: a text that"
            + " is not empty)",
        "target: /a;target: a;c.yaml:9: interactions[0].request.target: a (expected: a path that"
            + " starts with /, with its query)",
        "body-text: hello;body-base64: '*';c.yaml:14: interactions[0].expect.body-base64: * (expected:"
            + " Base64)",
        "- $.at;- at;c.yaml:16: interactions[0].volatile[0]: at (expected: a place such as"
            + " $.items[*].price, header.location or body)",
        "route: r;rout: r;c.yaml:2: contract: rout (expected: one of contract, route, profile,"
            + " recorded-at, interactions)",
        "2026-11-21T05:00:00Z;yesterday;c.yaml:4: recorded-at: yesterday (expected: an instant such"
            + " as 2026-11-21T05:00:00Z)",
        "'- Accept: text/plain';Accept;c.yaml:11: interactions[0].request.headers: Accept"
            + " (expected: a list)",
      })
  void mistakesAreNamedWithPlaceAndCure(String old, String now, String message) {
    assertThat(VALID).contains(old);
    String yaml = VALID.replace(old, now);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContractYaml.read("c.yaml", yaml))
        .withMessage(message);
  }

  @Test
  void trailersThatNobodyCouldSeeAreRefusedWithTheirCure() {
    String yaml =
        VALID.replace(
            "    body-text: hello\n",
            "    body-text: hello\n      trailers:\n        - grpc-status: 0\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContractYaml.read("c.yaml", yaml))
        .withMessageStartingWith(
            "c.yaml:16: interactions[0].expect.trailers: grpc-status: 0 (expected: no trailers: ")
        .withMessageContaining("take them out");
  }

  @Test
  void whatIsNoYamlIsNamedWithItsLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContractYaml.read("c.yaml", "contract: 1\n\t- x: [\n"))
        .withMessageStartingWith("c.yaml:2: ")
        .withMessageEndingWith("(expected: valid YAML)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContractYaml.read("c.yaml", ""))
        .withMessage("c.yaml: empty (expected: a contract)");
  }

  private static Contract contract(String body, String type) {
    return new Contract(
        "catalog.product",
        "dotnet-json",
        NOW,
        List.of(
            new Interaction(
                "GET /api/products/1",
                Exchanges.get("/api/products/1", "Accept", "*/*"),
                answer(body, type),
                Set.of("header.location", "$.price"))));
  }

  private static Observation.Answered answer(String body, String type) {
    return new Observation.Answered(
        200,
        Exchanges.headers("Content-Type", type),
        Exchanges.body(body),
        Headers.NONE,
        Duration.ZERO,
        Duration.ZERO);
  }
}
