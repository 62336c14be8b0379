package dev.banyan.parity;

import com.google.protobuf.Descriptors.Descriptor;
import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.align.Deadline;
import dev.banyan.parity.body.Content;
import dev.banyan.parity.body.ContentCoding;
import dev.banyan.parity.body.Lines;
import dev.banyan.parity.body.MediaType;
import dev.banyan.parity.body.MessageCoding;
import dev.banyan.parity.body.Model;
import dev.banyan.parity.body.Models;
import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonPair;
import dev.banyan.parity.json.JsonStream;
import dev.banyan.parity.rules.Sight;
import dev.banyan.parity.xml.XmlNode;
import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares two whole bodies as what the control calls its own; by bytes where that is nothing. */
final class BodyComparison {
  private final CompareProfile profile;
  private final CompareProfile inOrder;
  private final Models models;

  BodyComparison(CompareProfile profile) {
    this.profile = profile;
    this.inOrder =
        new CompareProfile(
            profile.name(),
            profile.headers(),
            CompareProfile.Arrays.ORDERED,
            Map.of(),
            profile.rules(),
            profile.tolerances());
    this.models = new Models(profile);
  }

  /** Whether the bodies could be looked at. */
  sealed interface Outcome {
    /** What differs is among the findings. */
    record Judged() implements Outcome {}

    /** They say nothing about parity. */
    record NotJudged(String reason) implements Outcome {}
  }

  /**
   * @param target of the request: a method of gRPC tells the type of its messages
   */
  Outcome compare(
      String target,
      Observation.Answered control,
      Observation.Answered candidate,
      Findings findings) {
    boolean refusedBefore = findings.refusedAny();
    try {
      return judged(target, control, candidate, findings);
    } catch (Deadline.TookTooLong tooLong) {
      if (!refusedBefore) {
        // How far it came depends on the machine: half a body's differences are no verdict.
        throw tooLong;
      }
      return new Outcome.NotJudged("took-too-long");
    }
  }

  private Outcome judged(
      String target,
      Observation.Answered control,
      Observation.Answered candidate,
      Findings findings) {
    if (control.body() instanceof Body.Messages read
        && candidate.body() instanceof Body.Messages other) {
      return ReadMessages.compare(read, other, read.type().isEmpty() ? inOrder : profile, findings);
    }
    byte[] left = ((Body.Whole) control.body()).bytes();
    byte[] right = ((Body.Whole) candidate.body()).bytes();
    List<String> leftCodings = codings(control);
    List<String> rightCodings = codings(candidate);
    if (leftCodings.equals(rightCodings) && Arrays.equals(left, right)) {
      return new Outcome.Judged();
    }

    ContentCoding.Outcome leftContent = decoded(control, leftCodings, left);
    ContentCoding.Outcome rightContent = decoded(candidate, rightCodings, right);
    if (leftContent instanceof ContentCoding.Outcome.TooLarge
        || rightContent instanceof ContentCoding.Outcome.TooLarge) {
      return new Outcome.NotJudged("body-too-large");
    }
    if (leftContent instanceof ContentCoding.Outcome.Decoded(byte[] leftBytes)
        && rightContent instanceof ContentCoding.Outcome.Decoded(byte[] rightBytes)) {
      return contents(
          target,
          new Content(leftBytes, control.headers().first("content-type").orElse("")),
          new Content(rightBytes, candidate.headers().first("content-type").orElse("")),
          findings);
    }
    return bytes(left, right, findings);
  }

  private static ContentCoding.Outcome decoded(
      Observation.Answered answer, List<String> codings, byte[] bytes) {
    List<String> ofMessages = ContentCoding.codings(answer.headers().values("grpc-encoding"));
    return !ofMessages.isEmpty()
            && ContentCoding.decode(codings, bytes)
                instanceof ContentCoding.Outcome.Decoded(byte[] frames)
        ? MessageCoding.decode(ofMessages, frames)
        : ContentCoding.decode(codings, bytes);
  }

  private Outcome contents(String target, Content left, Content right, Findings findings) {
    Optional<MediaType> type = left.type();
    Optional<MediaType> rightType =
        left.contentType().equals(right.contentType()) ? type : right.type();
    boolean sameType = type.equals(rightType);
    if (sameType && Arrays.equals(left.bytes(), right.bytes())) {
      return new Outcome.Judged();
    }
    if (type.filter(MediaType::isJson).isPresent() && isUtf8(type) && isUtf8(rightType)) {
      if (JsonStream.sameTokens(left.bytes(), right.bytes())) {
        return new Outcome.Judged();
      }
      JsonPair.Trees trees =
          profile.arrays() == CompareProfile.Arrays.ORDERED
              ? JsonPair.read(left.bytes(), right.bytes())
              : null;
      if (trees != null) {
        new JsonComparison(profile, findings).compare("$", trees.control(), trees.candidate());
        return new Outcome.Judged();
      }
    }
    if (type.filter(MediaType::isHtml).isPresent()
        && rightType.filter(MediaType::isJson).isPresent()) {
      // A reader of pages takes anything for a page, and would tell all its elements as missing.
      return bytes(left.bytes(), right.bytes(), findings);
    }
    Optional<Descriptor> message = models.messageType(type, target);
    Model control = models.read(type, message, left);
    Model candidate = models.read(type, message, right);
    if (control instanceof Model.Refused(String reason)) {
      return new Outcome.NotJudged(reason);
    }
    if (candidate instanceof Model.Refused(String reason)) {
      return new Outcome.NotJudged(reason);
    }
    if (control instanceof Model.Values(String root, Json a)
        && candidate instanceof Model.Values(String other, Json b)) {
      CompareProfile by = root.equals("$") || message.isPresent() ? profile : inOrder;
      new JsonComparison(by, findings).compare(root, a, b);
    } else if (control instanceof Model.Elements(XmlNode.Element a)
        && candidate instanceof Model.Elements(XmlNode.Element b)) {
      new XmlComparison(findings).compare(a, b);
    } else if (control instanceof Model.Plain(String a)
        && candidate instanceof Model.Plain(String b)) {
      texts(a, b, findings);
    } else {
      return bytes(left.bytes(), right.bytes(), findings);
    }
    return new Outcome.Judged();
  }

  /** As far as the header says; a byte order mark is left to the decoder. */
  private static boolean isUtf8(Optional<MediaType> type) {
    return type.flatMap(MediaType::charset).map(StandardCharsets.UTF_8::equals).orElse(true);
  }

  /** Line by line; other line ends are one difference, not one in every line. */
  private void texts(String control, String candidate, Findings findings) {
    String left = Lines.ends(control);
    String right = Lines.ends(candidate);
    if (!left.equals(right) && !left.isEmpty() && !right.isEmpty()) {
      Sight sight = new Sight("body", Json.Text.of(left), Json.Text.of(right));
      findings.add(sight, Kind.VALUE, Excerpt.of(sight.control(), sight.candidate()));
    }
    new JsonComparison(inOrder, findings).compare("body", Lines.of(control), Lines.of(candidate));
  }

  private static Outcome bytes(byte[] left, byte[] right, Findings findings) {
    if (!Arrays.equals(left, right)) {
      Excerpt.Pair excerpt = Excerpt.ofBytes(left, right);
      findings.add("body", Kind.BYTES, excerpt.control(), excerpt.candidate());
    }
    return new Outcome.Judged();
  }

  private static List<String> codings(Observation.Answered answer) {
    return ContentCoding.codings(answer.headers().values("content-encoding"));
  }
}
