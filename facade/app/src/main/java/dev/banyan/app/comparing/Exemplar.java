package dev.banyan.app.comparing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.parity.Bodies;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Observation;
import dev.banyan.parity.Spot;
import dev.banyan.parity.Varying;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.ProtobufTypes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One difference as people look at it: made of a masked pair only. Values of cookies and
 * credentials are not kept.
 *
 * @param controlSide {@code legacy} or {@code migrated}
 * @param again what of it can be judged again; null where nothing can, and where it is shown
 */
public record Exemplar(
    Instant at,
    String method,
    String target,
    String controlSide,
    Seen control,
    Seen candidate,
    List<Place> differences,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Again again) {
  private static final int MAX_BODY = 8 * 1024;
  private static final int MAX_TARGET = 2 * 1024;

  /**
   * One side's answer.
   *
   * @param status null where there was no answer
   * @param body readable, shortened; the failure's name where there was no answer
   * @param kept what comparing again needs; null where that is too large, and where it is shown
   */
  public record Seen(
      @Nullable Integer status,
      String body,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable KeptAnswer kept) {
    static Seen of(Observation observation) {
      return switch (observation) {
        case Observation.Answered answered ->
            new Seen(
                answered.status(),
                shorten(Bodies.readable(answered), MAX_BODY),
                KeptAnswer.of(answered));
        case Observation.Failed failed -> new Seen(null, failed.failure(), null);
      };
    }

    private Seen shown() {
      return new Seen(status, body, null);
    }

    private int keptBytes() {
      return kept == null ? 0 : kept.packed().length;
    }
  }

  /**
   * One difference, its kind as it is written everywhere.
   *
   * @param kind {@code value}, {@code missing}…
   */
  public record Place(String location, String kind, String control, String candidate) {
    static Place of(Difference difference) {
      return new Place(
          difference.location(),
          difference.kind().word(),
          difference.control(),
          difference.candidate());
    }
  }

  /**
   * What can be judged again, and by what it was judged.
   *
   * @param spots where comparing the kept sides finds what comparing the originals found; of all
   *     others the kept sides say nothing
   * @param types what messages of protobuf were read by, {@link ProtobufTypes#digest}; empty for
   *     their tags
   */
  public record Again(Set<Spot> spots, String types) {}

  /**
   * @param profile by which it was found
   */
  static Exemplar of(Privacy.Shown shown, Instant at, CompareProfile profile) {
    Pair pair = shown.pair();
    Exemplar whole =
        new Exemplar(
            at,
            pair.request().method(),
            shorten(pair.request().target(), MAX_TARGET),
            pair.decision().side().word(),
            Seen.of(pair.control()),
            Seen.of(pair.candidate()),
            shown.mismatch().differences().stream().map(Place::of).toList(),
            new Again(shown.again(), types(profile)));
    return shown.again().isEmpty() ? whole.shown() : whole;
  }

  private static String types(CompareProfile profile) {
    return profile.protobuf().map(ProtobufTypes::digest).orElse("");
  }

  /** For people: without what comparing again needs. */
  public Exemplar shown() {
    return new Exemplar(
        at, method, target, controlSide, control.shown(), candidate.shown(), differences, null);
  }

  /** Bytes that comparing again takes. */
  int keptBytes() {
    return control.keptBytes() + candidate.keptBytes();
  }

  /**
   * Compares it again; empty where what is kept says nothing of a spot: it is too little, or
   * messages of protobuf in it were read by other types.
   *
   * @param spot as its signature has it
   */
  Optional<Comparison> judged(Spot spot, Comparer comparer, Varying varying) {
    KeptAnswer left = control.kept();
    KeptAnswer right = candidate.kept();
    if (again == null || !again.spots().contains(spot) || left == null || right == null) {
      return Optional.empty();
    }
    boolean otherTypes = left.mayHoldMessages() && !again.types().equals(types(comparer.profile()));
    return otherTypes
        ? Optional.empty()
        : Optional.of(comparer.compare(left.answer(), right.answer(), varying));
  }

  /** One that is stored and cannot be read any more. */
  public static Exemplar unreadable(Instant at, String reason) {
    Seen nothing = new Seen(null, "(unreadable: " + reason + ")", null);
    return new Exemplar(at, "", "", "", nothing, nothing, List.of(), null);
  }

  private static String shorten(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    // Not through the middle of a character.
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end) + "…";
  }
}
