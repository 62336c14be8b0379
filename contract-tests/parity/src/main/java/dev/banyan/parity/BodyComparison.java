package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.rules.CompareProfile;
import java.util.Arrays;
import java.util.Optional;

/** Compares two whole bodies: JSON by structure where the control says JSON, the rest by bytes. */
final class BodyComparison {
  private final CompareProfile.Arrays arrays;

  BodyComparison(CompareProfile.Arrays arrays) {
    this.arrays = arrays;
  }

  /** Whether the bodies could be looked at. */
  sealed interface Outcome {
    /** What differs is among the findings. */
    record Judged() implements Outcome {}

    /** They say nothing about parity. */
    record NotJudged(String reason) implements Outcome {}
  }

  Outcome compare(Observation.Answered control, Observation.Answered candidate, Findings findings) {
    byte[] left = ((Body.Whole) control.body()).bytes();
    byte[] right = ((Body.Whole) candidate.body()).bytes();
    if (Arrays.equals(left, right) && sameCodings(control.headers(), candidate.headers())) {
      return new Outcome.Judged();
    }

    ContentCoding.Outcome leftContent = ContentCoding.decode(control.headers(), left);
    ContentCoding.Outcome rightContent = ContentCoding.decode(candidate.headers(), right);
    if (leftContent instanceof ContentCoding.Outcome.TooLarge
        || rightContent instanceof ContentCoding.Outcome.TooLarge) {
      return new Outcome.NotJudged("body-too-large");
    }
    if (leftContent instanceof ContentCoding.Outcome.Decoded(Body.Whole(byte[] leftBytes))
        && rightContent instanceof ContentCoding.Outcome.Decoded(Body.Whole(byte[] rightBytes))) {
      return contents(control.headers(), leftBytes, candidate.headers(), rightBytes, findings);
    }
    return bytes(left, right, findings);
  }

  private Outcome contents(
      Headers leftHeaders, byte[] left, Headers rightHeaders, byte[] right, Findings findings) {
    if (Arrays.equals(left, right)) {
      return new Outcome.Judged();
    }
    Optional<MediaType> leftType = MediaType.of(leftHeaders);
    if (leftType.filter(MediaType::isJson).isEmpty()) {
      return bytes(left, right, findings);
    }
    JsonReader reader = new JsonReader(arrays);
    JsonReader.Outcome leftTree = reader.read(left, leftType);
    JsonReader.Outcome rightTree = reader.read(right, MediaType.of(rightHeaders));
    if (leftTree instanceof JsonReader.Outcome.TooDeep
        || rightTree instanceof JsonReader.Outcome.TooDeep) {
      return new Outcome.NotJudged("too-deep");
    }
    if (leftTree instanceof JsonReader.Outcome.Tree(Json leftRoot)
        && rightTree instanceof JsonReader.Outcome.Tree(Json rightRoot)) {
      new JsonComparison(arrays, findings).compare(leftRoot, rightRoot);
      return new Outcome.Judged();
    }
    return bytes(left, right, findings);
  }

  private static Outcome bytes(byte[] left, byte[] right, Findings findings) {
    if (!Arrays.equals(left, right)) {
      Excerpt.Pair excerpt = Excerpt.ofBytes(left, right);
      findings.add("body", Kind.BYTES, excerpt.control(), excerpt.candidate());
    }
    return new Outcome.Judged();
  }

  private static boolean sameCodings(Headers control, Headers candidate) {
    return ContentCoding.codings(control).equals(ContentCoding.codings(candidate));
  }
}
