package dev.banyan.app.comparing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.parity.Bodies;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Observation;
import dev.banyan.parity.Varying;
import dev.banyan.proxy.ShadowedExchange.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One difference as people look at it: made of a masked pair only. Cookies and credentials are not
 * kept.
 *
 * @param controlSide {@code legacy} or {@code migrated}
 */
public record Exemplar(
    Instant at,
    String method,
    String target,
    String controlSide,
    Seen control,
    Seen candidate,
    List<Place> differences) {
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

  static Exemplar of(Privacy.Shown shown, Instant at) {
    Pair pair = shown.pair();
    return new Exemplar(
        at,
        pair.request().method(),
        shorten(pair.request().target(), MAX_TARGET),
        pair.decision().side().word(),
        Seen.of(pair.control()),
        Seen.of(pair.candidate()),
        shown.mismatch().differences().stream().map(Place::of).toList());
  }

  /** For people: without what comparing again needs. */
  public Exemplar shown() {
    return new Exemplar(
        at, method, target, controlSide, control.shown(), candidate.shown(), differences);
  }

  /** Bytes that comparing again takes. */
  int keptBytes() {
    return control.keptBytes() + candidate.keptBytes();
  }

  /** Compares it again; empty where too little of it is kept. */
  Optional<Comparison> judged(Comparer comparer, Varying varying) {
    KeptAnswer left = control.kept();
    KeptAnswer right = candidate.kept();
    return left == null || right == null
        ? Optional.empty()
        : Optional.of(comparer.compare(left.answer(), right.answer(), varying));
  }

  /** One that is stored and cannot be read any more. */
  public static Exemplar unreadable(Instant at, String reason) {
    Seen nothing = new Seen(null, "(unreadable: " + reason + ")", null);
    return new Exemplar(at, "", "", "", nothing, nothing, List.of());
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
