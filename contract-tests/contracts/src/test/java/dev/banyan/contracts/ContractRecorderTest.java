package dev.banyan.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractRecorderTest {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");
  private final ContractRecorder recorder =
      ContractRecorder.start("catalog.product", CompareProfile.DOTNET_JSON, 10);

  @Test
  void distinctRequestsAreKeptOnceInTheOrderTheyCame() {
    recorder.offer(Exchanges.get("/b"), Exchanges.json("1"));
    recorder.offer(Exchanges.get("/a"), Exchanges.json("2"));
    recorder.offer(Exchanges.get("/b"), Exchanges.json("1"));
    recorder.offer(Exchanges.get("/b", "Accept", "text/xml"), Exchanges.json("1"));
    recorder.offer(Exchanges.post("/b", "x"), Exchanges.json("1"));
    recorder.offer(Exchanges.post("/b", "y"), Exchanges.json("1"));

    assertThat(recorder.size()).isEqualTo(5);
    Contract contract = recorder.finish(NOW);
    assertThat(contract.interactions().stream().map(Interaction::name))
        .containsExactly("GET /b", "GET /a", "GET /b (2)", "POST /b", "POST /b (2)");
    assertThat(contract.routeId()).isEqualTo("catalog.product");
    assertThat(contract.recordedAt()).isEqualTo(NOW);
  }

  @Test
  void valuesThatChangeFromCallToCallBecomeVolatile() {
    recorder.offer(Exchanges.get("/a"), Exchanges.json("{\"id\":1,\"at\":\"10:00\"}"));
    recorder.offer(Exchanges.get("/a"), Exchanges.json("{\"id\":1,\"at\":\"10:01\"}"));

    Interaction only = recorder.finish(NOW).interactions().getFirst();
    assertThat(only.volatileAt()).containsExactly("$.at");
    assertThat(Exchanges.text(only.expected().body())).contains("10:00");
  }

  @Test
  void whereTheShapeChangesTheNewestAnswerIsExpected() {
    recorder.offer(Exchanges.get("/a"), Exchanges.json("{\"id\":1,\"shipped\":null}"));
    recorder.offer(Exchanges.get("/a"), Exchanges.json("{\"id\":1,\"shipped\":\"today\"}"));
    recorder.offer(Exchanges.get("/b"), Exchanges.json("{}"));
    recorder.offer(Exchanges.get("/b"), Exchanges.answer(404, ""));
    recorder.offer(Exchanges.get("/c"), Exchanges.json("{}"));
    recorder.offer(Exchanges.get("/c"), Exchanges.answer(503, ""));

    Contract contract = recorder.finish(NOW);
    assertThat(Exchanges.text(contract.interactions().get(0).expected().body())).contains("today");
    assertThat(contract.interactions().get(1).expected().status()).isEqualTo(404);
    assertThat(contract.interactions().get(2).expected().status()).isEqualTo(200);
    assertThat(contract.interactions()).allMatch(i -> i.volatileAt().isEmpty());
  }

  @Test
  void credentialsAndWhatBelongsToOneConnectionAreNotWritten() {
    recorder.offer(
        Exchanges.get(
            "/a",
            "Accept",
            "*/*",
            "Authorization",
            "Bearer SECRET",
            "cookie",
            "id=SECRET",
            "Proxy-Authorization",
            "SECRET",
            "X-Api-Key",
            "SECRET",
            "Host",
            "shop",
            "X-Forwarded-For",
            "10.0.0.1",
            "Forwarded",
            "for=10.0.0.1",
            "traceparent",
            "00-1-2-01",
            "Connection",
            "close, X-Hop",
            "X-Hop",
            "1"),
        Exchanges.json(
            "{}",
            "Date",
            "Sat, 21 Nov 2026 03:16:09 GMT",
            "Server",
            "Mono",
            "X-AspNet-Version",
            "4.0",
            "Keep-Alive",
            "timeout=15",
            "Set-Cookie",
            "id=SECRET; path=/; HttpOnly",
            "Cache-Control",
            "private"));

    Contract contract = recorder.finish(NOW);
    Interaction only = contract.interactions().getFirst();
    assertThat(only.request().headers()).isEqualTo(Exchanges.headers("Accept", "*/*"));
    assertThat(only.expected().headers())
        .isEqualTo(
            Exchanges.headers(
                "Set-Cookie", "id=<masked>; httponly; path=/",
                "Cache-Control", "private",
                "Content-Type", "application/json"));
    assertThat(ContractYaml.write(contract)).doesNotContain("SECRET");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a?access_token=SECRET||{}",
        "/a?x=1&Password=SECRET||{}",
        "/a#id_token=SECRET||{}",
        "/a||<script>var cfg = { newPassword: 'SECRET' };</script>",
        "/a||{'password' : 'SECRET'}",
        "/login|user=me&password=SECRET|{}",
        "/login|{\"user\":\"me\",\"password\" : \"SECRET\"}|{}",
        "/login|{\"d\":{\"newPassword\":\"SECRET\"}}|{}",
        "/soap|<wsse:Password Type=\"text\">SECRET</wsse:Password>|{}",
        "/login|Content-Disposition: form-data; name=\"ctl00$txtPassword\"|{}",
        "/token|x|{\"access_token\":\"SECRET\"}",
      })
  void exchangesWithCredentialsInThemAreDropped(String target, String body, String answer) {
    recorder.offer(Exchanges.post(target, body == null ? "" : body), Exchanges.json(answer));

    assertThat(recorder.leftOut()).containsExactly(entry(LeftOut.CREDENTIAL, 1L));
    assertThat(recorder.finish(NOW).interactions()).isEmpty();
  }

  @Test
  void onlyWholeAnswersAreKept() {
    recorder.offer(Exchanges.get("/a"), new Observation.Failed("reset", Duration.ZERO));
    recorder.offer(Exchanges.get("/a"), Exchanges.answer(304, ""));
    recorder.offer(
        Exchanges.get("/a"),
        new Observation.Answered(
            200, Headers.NONE, new Body.TooLarge(1), Headers.NONE, Duration.ZERO, Duration.ZERO));

    assertThat(recorder.size()).isZero();
    assertThat(recorder.leftOut())
        .containsExactly(entry(LeftOut.NOT_WHOLE, 2L), entry(LeftOut.NOT_MODIFIED, 1L));
  }

  @Test
  void bodiesAreKeptWithoutTheirContentCoding() throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(coded)) {
      gzip.write("{\"a\":1.50}".getBytes(StandardCharsets.UTF_8));
    }
    recorder.offer(
        Exchanges.get("/a", "Accept-Encoding", "gzip"),
        new Observation.Answered(
            200,
            Exchanges.headers("Content-Type", "application/json", "Content-Encoding", "gzip"),
            new Body.Whole(coded.toByteArray()),
            Headers.NONE,
            Duration.ZERO,
            Duration.ZERO));

    Interaction only = recorder.finish(NOW).interactions().getFirst();
    assertThat(only.request().headers()).isEqualTo(Headers.NONE);
    assertThat(only.expected().headers().first("content-encoding")).isEmpty();
    assertThat(Exchanges.text(only.expected().body())).isEqualTo("{\"a\":1.50}");
  }

  @Test
  void countAndBytesAreBounded() {
    ContractRecorder small = new ContractRecorder("r", CompareProfile.STRICT, 2, 200);
    small.offer(Exchanges.get("/1"), Exchanges.json("1"));
    small.offer(Exchanges.get("/2"), Exchanges.json("\"" + "x".repeat(300) + "\""));
    small.offer(Exchanges.get("/3"), Exchanges.json("3"));
    small.offer(Exchanges.get("/4"), Exchanges.json("4"));

    assertThat(small.size()).isEqualTo(2);
    assertThat(small.leftOut()).containsExactly(entry(LeftOut.LIMIT, 1L), entry(LeftOut.BYTES, 1L));
  }

  @Test
  void whatComesAfterTheEndIsNotLookedAt() {
    recorder.offer(Exchanges.get("/a"), Exchanges.json("1"));
    recorder.finish(NOW);
    recorder.offer(Exchanges.get("/b"), Exchanges.json("1"));
    assertThat(recorder.finish(NOW).interactions()).hasSize(1);
  }

  @Test
  void anAnswerThatLeadsToATokenIsDropped() {
    recorder.offer(
        Exchanges.get("/login?state=1"),
        Exchanges.answer(302, "", "Location", "/#access_token=SECRET&token_type=bearer"));

    assertThat(recorder.leftOut()).containsExactly(entry(LeftOut.CREDENTIAL, 1L));
  }

  @Test
  void placesAreNamedAsTheProfileSeesThem() {
    CompareProfile keyed =
        new CompareProfile(
            "mine",
            CompareProfile.VISIBLE_HEADERS,
            CompareProfile.Arrays.UNORDERED,
            Map.of("$.lines", "sku"),
            Set.of(),
            List.of(new Tolerance("n", "$.lines[*].n", "value", "me", "it may")));
    ContractRecorder mine = ContractRecorder.start("r", keyed, 10);
    mine.offer(
        Exchanges.get("/a"),
        Exchanges.json("{\"lines\":[{\"sku\":\"a\",\"n\":1},{\"sku\":\"b\",\"n\":2}]}"));
    mine.offer(
        Exchanges.get("/a"),
        Exchanges.json("{\"lines\":[{\"sku\":\"b\",\"n\":3},{\"sku\":\"a\",\"n\":1}]}"));

    Contract contract = mine.finish(NOW);

    assertThat(contract.profile()).isEqualTo("mine");
    assertThat(contract.interactions().getFirst().volatileAt()).containsExactly("$.lines[*].n");
  }

  @ParameterizedTest
  @CsvSource({"application/grpc, ", "application/grpc+proto, ", "text/plain, x"})
  void answersWithTrailersAreDroppedAsNobodyCouldVerifyThem(String type, String trailer) {
    recorder.offer(
        Exchanges.post("/shop.Orders/Get", "x"),
        new Observation.Answered(
            200,
            Exchanges.headers("Content-Type", type),
            Exchanges.body("x"),
            trailer == null ? Headers.NONE : Exchanges.headers("Checksum", trailer),
            Duration.ZERO,
            Duration.ZERO));

    assertThat(recorder.leftOut()).containsExactly(entry(LeftOut.TRAILERS, 1L));
  }
}
