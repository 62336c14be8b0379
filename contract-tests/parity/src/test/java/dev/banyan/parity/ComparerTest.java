package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.body.ContentCoding;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparerTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);
  private static final Observation FAILED =
      new Observation.Failed("answer-timeout", Duration.ofSeconds(1));

  @Test
  void aFailedControlSaysNothing() {
    assertThat(STRICT.compare(FAILED, Answers.json("1")))
        .isEqualTo(new Comparison.Incomparable("control-failed"));
    assertThat(STRICT.compare(FAILED, FAILED))
        .isEqualTo(new Comparison.Incomparable("control-failed"));
  }

  @Test
  void aFailedCandidateIsAMismatch() {
    assertThat(STRICT.compare(Answers.json("1"), FAILED))
        .isEqualTo(
            new Comparison.Mismatch(
                List.of(new Difference("candidate", Kind.FAILURE, "200", "answer-timeout"))));
  }

  @Test
  void bodiesThatWereNotKeptLeaveThePairIncomparableUnlessTheStatusDiffers() {
    Observation large = Answers.with(200, new Body.TooLarge(10));
    Observation unkept = Answers.with(200, new Body.NotKept());
    Observation whole = Answers.with(200, Body.EMPTY);
    Observation error = Answers.with(500, Body.EMPTY);

    assertThat(STRICT.compare(large, whole))
        .isEqualTo(new Comparison.Incomparable("body-too-large"));
    assertThat(STRICT.compare(whole, large))
        .isEqualTo(new Comparison.Incomparable("body-too-large"));
    assertThat(STRICT.compare(whole, unkept))
        .isEqualTo(new Comparison.Incomparable("body-not-kept"));
    assertThat(Answers.differences(STRICT.compare(large, error))).containsExactly("status value");
  }

  @Test
  void headersAreJudgedWhereBodiesCouldNotBeLookedAt() {
    Observation plain = Answers.with(200, new Body.TooLarge(10), "Cache-Control", "no-store");
    Observation cached = Answers.with(200, new Body.TooLarge(10), "Cache-Control", "public");
    Observation unkept = Answers.with(200, new Body.NotKept(), "Cache-Control", "public");

    assertThat(Answers.differences(STRICT.compare(plain, cached)))
        .containsExactly("header.cache-control value");
    assertThat(Answers.differences(STRICT.compare(plain, unkept)))
        .containsExactly("header.cache-control value");
    assertThat(STRICT.compare(plain, plain))
        .isEqualTo(new Comparison.Incomparable("body-too-large"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type|application/json|application/json; charset=utf-8|",
        "Content-Type|application/json;charset=UTF-8|Application/JSON; Charset=\"utf-8\"|",
        "Content-Type|text/html; a=1; b=2|text/html;b=2;a=1|",
        "Content-Type|text/html|text/html; charset=utf-8|value",
        "Content-Type|application/json; charset=utf-8|application/json; charset=utf-16|value",
        "Content-Type|application/json|text/json|value",
        "Content-Type|nonsense|nonsense|",
        "Content-Type|nonsense|other|value",
        "Cache-Control|private, max-age=0|private,max-age=0|",
        // No order, and no case of directives: RFC 9111, section 5.2.
        "Cache-Control|private|Private|",
        "Cache-Control|private, max-age=0|Max-Age=0, PRIVATE|",
        "Cache-Control|private, max-age=0|private|value",
        "Cache-Control|max-age=0|max-age=1|value",
        "Cache-Control|no-cache=\"Set-Cookie\"|no-cache=\"set-cookie\"|value",
        "Cache-Control|max-age=1, max-age=2|max-age=2, max-age=1|order",
        "Cache-Control|no-store||missing",
        "Cache-Control||no-store|extra",
        // A set of methods: RFC 9110, section 10.2.1.
        "Allow|GET, POST|POST, GET|",
        "Allow|GET, POST|GET|value",
        "Allow|GET|get|value",
        "WWW-Authenticate|Basic, Negotiate|Negotiate, Basic|order",
        "Location|/a,b|/a, b|value",
        "X-Not-Named|1|2|",
      })
  void headersAreComparedAsTheyAreMeant(
      String name, String control, String candidate, String kind) {
    Observation left = control == null ? answer() : answer(name, control);
    Observation right = candidate == null ? answer() : answer(name, candidate);
    String location = "header." + name.toLowerCase(Locale.ROOT);
    assertThat(Answers.differences(STRICT.compare(left, right)))
        .isEqualTo(kind == null ? List.of() : List.of(location + " " + kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept, Origin|origin,Accept|",
        "Accept, Origin|Accept|header.vary value",
        "Accept|*|header.vary value",
      })
  void varyIsASetOfNames(String control, String candidate, String expected) {
    Comparer comparer =
        Comparer.of(
            new CompareProfile("vary", Set.of("Vary"), CompareProfile.Arrays.ORDERED, List.of()));

    assertThat(
            Answers.differences(
                comparer.compare(answer("Vary", control), answer("Vary", candidate))))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void repeatedHeadersAreOneList() {
    assertThat(
            STRICT.compare(answer("Allow", "GET", "allow", "POST"), answer("ALLOW", "GET, POST")))
        .isEqualTo(new Comparison.Match());
  }

  @Test
  void cookiesAreComparedByNameAndAttributesAndNeverShown() {
    Comparer comparer =
        Comparer.of(
            new CompareProfile(
                "cookies", Set.of("Set-Cookie"), CompareProfile.Arrays.ORDERED, List.of()));
    Observation control =
        answer("Set-Cookie", "id=SECRET1; path=/; expires=Mon", "Set-Cookie", "b=2");

    assertThat(
            comparer.compare(
                control,
                answer("Set-Cookie", "b=3", "Set-Cookie", "id=SECRET2; Expires=Tue; Path=/")))
        .isEqualTo(new Comparison.Match());
    Comparison other =
        comparer.compare(control, answer("Set-Cookie", "id=SECRET2; path=/; HttpOnly; SECRET3"));
    assertThat(Answers.differences(other)).containsExactly("header.set-cookie value");
    assertThat(other.toString()).doesNotContain("SECRET").contains("id=<masked>");
  }

  @Test
  void otherBodiesAreComparedAsWhatTheControlCallsThem() {
    Observation control = text("<a>1</a>");
    assertThat(STRICT.compare(control, text("<a>1</a>"))).isEqualTo(new Comparison.Match());
    assertThat(STRICT.compare(control, text("<a>2</a>")))
        .isEqualTo(
            new Comparison.Mismatch(List.of(new Difference("/a", Kind.VALUE, "\"1\"", "\"2\""))));
  }

  @Test
  void binaryBodiesAreShownAsHex() {
    Comparison comparison =
        STRICT.compare(
            Answers.with(200, new byte[] {1, 2, (byte) 0xFF}),
            Answers.with(200, new byte[] {1, 2, 3, 4}));
    Difference only = ((Comparison.Mismatch) comparison).differences().getFirst();
    assertThat(only.control()).isEqualTo("at byte 2 of 3: ff");
    assertThat(only.candidate()).isEqualTo("at byte 2 of 4: 03 04");
  }

  @Test
  void aByteOrderMarkAndAnotherCharsetAreNoDifferenceInJson() {
    byte[] marked = "\uFEFF{\"a\":\"ö\"}".getBytes(StandardCharsets.UTF_8);
    byte[] utf16 = "\uFEFF{\"a\":\"ö\"}".getBytes(StandardCharsets.UTF_16LE);
    Observation plain = Answers.json("{\"a\":\"ö\"}");
    for (byte[] bytes : List.of(marked, utf16)) {
      assertThat(
              STRICT.compare(plain, Answers.with(200, bytes, "Content-Type", "application/json")))
          .isEqualTo(new Comparison.Match());
    }
  }

  @Test
  void contentCodingsAreUndoneBeforeComparing() throws IOException {
    byte[] json = "{\"a\":1.0}".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    close(new GZIPOutputStream(gzip), json);
    ByteArrayOutputStream deflate = new ByteArrayOutputStream();
    close(new DeflaterOutputStream(deflate), json);

    Observation plain = Answers.json("{\"a\":1}");
    assertThat(STRICT.compare(plain, coded("gzip", gzip.toByteArray())))
        .isEqualTo(new Comparison.Match());
    assertThat(STRICT.compare(coded("deflate", deflate.toByteArray()), plain))
        .isEqualTo(new Comparison.Match());
    assertThat(Answers.differences(STRICT.compare(plain, coded("gzip", json))))
        .containsExactly("body bytes");
    assertThat(Answers.differences(STRICT.compare(plain, coded("br", json))))
        .containsExactly("body bytes");
  }

  @Test
  void aBodyThatUnpacksWithoutEndIsNotJudged() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    close(new GZIPOutputStream(bomb), new byte[ContentCoding.MAX_DECODED * 2]);
    assertThat(STRICT.compare(Answers.json("1"), coded("gzip", bomb.toByteArray())))
        .isEqualTo(new Comparison.Incomparable("body-too-large"));
  }

  @Test
  void tolerancesAcceptOneKindAtOnePlaceAndNothingElse() {
    Comparer comparer =
        Comparer.of(
            new CompareProfile(
                "tolerant",
                CompareProfile.VISIBLE_HEADERS,
                CompareProfile.Arrays.ORDERED,
                List.of(
                    new Tolerance("prices", "$[*].price", "value", "shop", "rounded later"),
                    new Tolerance("no-cache", "header.cache-control", "extra", "shop", "fine"))));
    Observation control = Answers.json("[{\"price\":1,\"n\":1}]");

    Comparison tolerated = comparer.compare(control, Answers.json("[{\"price\":2,\"n\":1}]"));
    assertThat(tolerated)
        .isEqualTo(
            new Comparison.Tolerated(
                List.of(new Difference("$[*].price", Kind.VALUE, "1", "2")), List.of("prices")));
    assertThat(
            Answers.differences(comparer.compare(control, Answers.json("[{\"price\":2,\"n\":2}]"))))
        .containsExactly("$[*].n value");
    assertThat(
            Answers.differences(
                comparer.compare(control, Answers.json("[{\"price\":\"2\",\"n\":1}]"))))
        .containsExactly("$[*].price type");
  }

  @Test
  void aMismatchTellsWhatWasAcceptedBesideIt() {
    Comparer comparer =
        Comparer.of(
            new CompareProfile(
                "tolerant",
                Set.of(),
                CompareProfile.Arrays.ORDERED,
                List.of(
                    new Tolerance("ids", "$.ids[*]", "value", "shop", "made anew"),
                    new Tolerance("price", "$.price", "value", "shop", "rounded later"))));
    String ids = "{\"ids\":[" + "1,".repeat(500) + "1],\"price\":1,\"n\":1}";
    String others = "{\"ids\":[" + "2,".repeat(500) + "2],\"price\":2,\"n\":2}";

    Comparison comparison = comparer.compare(Answers.json(ids), Answers.json(others));

    assertThat(Answers.differences(comparison)).containsExactly("$.n value");
    assertThat(((Comparison.Mismatch) comparison).accepted())
        .containsExactlyInAnyOrder(
            new Comparison.AcceptedSpot(new Spot("$.ids[*]", Kind.VALUE), Set.of("ids")),
            new Comparison.AcceptedSpot(new Spot("$.price", Kind.VALUE), Set.of("price")));
  }

  @Test
  void aFloodOfAcceptedDifferencesDoesNotHideOneThatIsNot() {
    Comparer comparer =
        Comparer.of(
            new CompareProfile(
                "tolerant",
                Set.of(),
                CompareProfile.Arrays.ORDERED,
                List.of(new Tolerance("any", "$.a[*]", "value", "shop", "noise"))));
    String ones = "1,".repeat(5000) + "1";
    String twos = "2,".repeat(5000) + "2";
    assertThat(
            Answers.differences(
                comparer.compare(
                    Answers.json("{\"a\":[" + ones + "],\"b\":1}"),
                    Answers.json("{\"a\":[" + twos + "],\"b\":2}"))))
        .containsExactly("$.b value");
  }

  private static Observation.Answered answer(String... namesAndValues) {
    return Answers.with(200, Body.EMPTY, namesAndValues);
  }

  private static Observation.Answered text(String body) {
    return Answers.with(200, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/xml");
  }

  private static Observation.Answered coded(String coding, byte[] bytes) {
    return Answers.with(200, bytes, "Content-Type", "application/json", "Content-Encoding", coding);
  }

  private static void close(OutputStream out, byte[] content) throws IOException {
    try (out) {
      out.write(content);
    }
  }
}
