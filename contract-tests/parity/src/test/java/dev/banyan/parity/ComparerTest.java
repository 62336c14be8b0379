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
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

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
