package dev.banyan.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.CompareProfile;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who asked, and what asking again may say. */
class AskedAgainTest {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");
  private final ContractRecorder recorder =
      ContractRecorder.start("orders.read", CompareProfile.DOTNET_JSON, 10);

  @Test
  void whatAStrangerIsAnsweredTakesNothingFromWhoHasCredentials() {
    recorder.offer(Exchanges.get("/orders/7"), Exchanges.answer(302, "", "Location", "/login"));
    recorder.offer(Exchanges.get("/orders/7", "Cookie", "id=SECRET"), Exchanges.json("{\"id\":7}"));
    recorder.offer(Exchanges.get("/orders/7"), Exchanges.answer(401, ""));

    Contract contract = recorder.finish(NOW);

    Interaction only = contract.interactions().getFirst();
    assertThat(contract.interactions()).hasSize(1);
    assertThat(only.name()).isEqualTo("GET /orders/7");
    assertThat(only.expected().status()).isEqualTo(200);
    assertThat(ContractYaml.write(contract)).doesNotContain("SECRET");
    assertThat(recorder.leftOut()).containsExactly(entry(LeftOut.FEWER_CREDENTIALS, 1L));
  }

  @Test
  void aRefusalTakesThePlaceOfNoAnswer() {
    String[] cookie = {"Cookie", "expired=1"};
    recorder.offer(Exchanges.get("/a", cookie), Exchanges.answer(401, ""));
    recorder.offer(Exchanges.get("/a", cookie), Exchanges.json("{}"));
    recorder.offer(Exchanges.get("/a", cookie), Exchanges.answer(302, "", "Location", "/login"));
    recorder.offer(Exchanges.get("/a", cookie), Exchanges.answer(429, ""));

    assertThat(recorder.leftOut()).containsExactly(entry(LeftOut.REFUSAL, 2L));
    assertThat(recorder.finish(NOW).interactions().getFirst().expected().status()).isEqualTo(200);
  }

  @Test
  void askingAgainOnlyMakesPlacesVolatile() {
    RequestCopy asked = Exchanges.get("/a", "Cookie", "id=1");
    recorder.offer(asked, Exchanges.json("{\"id\":1,\"at\":1}"));

    recorder.askedAgain(asked, Exchanges.json("{\"id\":1,\"at\":2}"));
    recorder.askedAgain(asked, Exchanges.json("{\"id\":2}"));
    recorder.askedAgain(asked, Exchanges.answer(302, "", "Location", "/login"));
    recorder.askedAgain(asked, Exchanges.answer(500, ""));
    recorder.askedAgain(Exchanges.get("/b"), Exchanges.json("1"));

    assertThat(recorder.leftOut()).containsExactly(entry(LeftOut.OTHER_ANSWER, 3L));
    Contract contract = recorder.finish(NOW);
    assertThat(contract.interactions()).hasSize(1);
    Interaction only = contract.interactions().getFirst();
    assertThat(Exchanges.text(only.expected().body())).isEqualTo("{\"id\":1,\"at\":1}");
    assertThat(only.volatileAt()).containsExactly("$.at");
  }

  @Test
  void safeRequestsAreHeldAsTheyCameUntilTheEnd() {
    recorder.offer(
        Exchanges.get(
            "/a",
            "Host",
            "shop",
            "Cookie",
            "id=1",
            "X-Forwarded-For",
            "1.2.3.4",
            "Accept",
            "*/*",
            "X-Original-URL",
            "/admin",
            "If-None-Match",
            "x"),
        Exchanges.json("1"));
    recorder.offer(Exchanges.post("/b", "x", "Cookie", "id=1"), Exchanges.json("1"));

    assertThat(recorder.toAskAgain())
        .containsExactly(Exchanges.get("/a", "Host", "shop", "Cookie", "id=1", "Accept", "*/*"));
    Contract contract = recorder.finish(NOW);
    assertThat(recorder.toAskAgain()).isEmpty();
    assertThat(contract.interactions().getFirst().request())
        .isEqualTo(Exchanges.get("/a", "Accept", "*/*"));
  }

  @Test
  void whatIsHeldToAskAgainIsOfTheBytesThatAreBounded() {
    ContractRecorder small = new ContractRecorder("r", CompareProfile.STRICT, 2, 200);

    small.offer(Exchanges.get("/1", "Cookie", "x".repeat(300)), Exchanges.json("1"));

    assertThat(small.leftOut()).containsExactly(entry(LeftOut.BYTES, 1L));
  }
}
