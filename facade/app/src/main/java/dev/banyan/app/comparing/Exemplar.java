package dev.banyan.app.comparing;

import dev.banyan.app.privacy.Privacy.Shown;
import dev.banyan.parity.Bodies;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Observation;
import dev.banyan.proxy.ShadowedExchange.Pair;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mismatch as people look at it: made of a masked pair only. Headers are not kept, so neither
 * are cookies and credentials.
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
   */
  public record Seen(@Nullable Integer status, String body) {
    static Seen of(Observation observation) {
      return switch (observation) {
        case Observation.Answered answered ->
            new Seen(answered.status(), shorten(Bodies.readable(answered), MAX_BODY));
        case Observation.Failed failed -> new Seen(null, failed.failure());
      };
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

  static Exemplar of(Shown shown, Instant at) {
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

  /** One that is stored and cannot be read any more. */
  public static Exemplar unreadable(Instant at, String reason) {
    Seen nothing = new Seen(null, "(unreadable: " + reason + ")");
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
