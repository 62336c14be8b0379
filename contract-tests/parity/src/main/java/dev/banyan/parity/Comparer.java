package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.align.Deadline;
import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Sight;
import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Compares two answers to one request by one profile. Thread-safe and stateless. */
public final class Comparer {
  /** Far above what any pair within the other limits takes. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final RequestCopy UNKNOWN = new RequestCopy("GET", "/", Headers.NONE, Body.EMPTY);

  private final CompareProfile profile;
  private final InstantSource clock;
  private final HeaderComparison headers;
  private final BodyComparison bodies;
  private final Duration limit;

  private Comparer(CompareProfile profile, InstantSource clock, Duration limit) {
    this.profile = profile;
    this.clock = clock;
    this.headers = new HeaderComparison(profile.headers());
    this.bodies = new BodyComparison(profile);
    this.limit = limit;
  }

  /** Tolerances end by the clock of the system, in UTC. */
  public static Comparer of(CompareProfile profile) {
    return of(profile, InstantSource.system());
  }

  /**
   * @param clock says the day on which tolerances hold or have ended
   */
  public static Comparer of(CompareProfile profile, InstantSource clock) {
    return new Comparer(profile, clock, LIMIT);
  }

  /** What it compares by. */
  public CompareProfile profile() {
    return profile;
  }

  /** The same, with another limit of time. */
  Comparer limitedTo(Duration time) {
    return new Comparer(profile, clock, time);
  }

  /** Never throws: what it cannot judge is {@link Comparison.Incomparable}. */
  public Comparison compare(Observation control, Observation candidate) {
    return compare(control, candidate, Varying.NOTHING);
  }

  /** Likewise; other values where they vary by themselves are tolerated. */
  public Comparison compare(Observation control, Observation candidate, Varying varying) {
    return compare(UNKNOWN, control, candidate, varying);
  }

  /** The same for two answers to a known request. */
  public Comparison compare(RequestCopy request, Observation control, Observation candidate) {
    return compare(request, control, candidate, Varying.NOTHING);
  }

  /** A Location is resolved against the base that the request's client saw. */
  public Comparison compare(
      RequestCopy request, Observation control, Observation candidate, Varying varying) {
    try {
      return Deadline.within(limit, () -> judge(request, control, candidate, varying));
    } catch (Deadline.TookTooLong tooLong) {
      return new Comparison.Incomparable("took-too-long");
    } catch (RuntimeException | StackOverflowError unforeseen) {
      // A defect here must look like "not judged", never like "equal" and never like an outage.
      return new Comparison.Incomparable("comparer-failed");
    }
  }

  private Comparison judge(
      RequestCopy request, Observation control, Observation candidate, Varying varying) {
    if (!(control instanceof Observation.Answered left)) {
      return new Comparison.Incomparable("control-failed");
    }
    Findings findings =
        new Findings(
            new Acceptance(profile, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)), varying);
    if (candidate instanceof Observation.Failed failed) {
      findings.add("candidate", Kind.FAILURE, Integer.toString(left.status()), failed.failure());
      return findings.verdict();
    }
    Observation.Answered right = (Observation.Answered) candidate;

    if (left.status() != right.status() && status(left, right, findings)) {
      return findings.verdict();
    }
    headers.compare(left, right, request, findings);
    if (!areBothThere(left.body(), right.body())) {
      // Another status or header is a finding even where the bodies cannot be looked at.
      return findings.refusedAny()
          ? findings.verdict()
          : new Comparison.Incomparable(whyNoBody(left.body(), right.body()));
    }

    return switch (bodies.compare(request.target(), left, right, findings)) {
      case BodyComparison.Outcome.Judged() -> findings.verdict();
      case BodyComparison.Outcome.NotJudged(String reason) ->
          findings.refusedAny() ? findings.verdict() : new Comparison.Incomparable(reason);
    };
  }

  /** Whether headers and bodies say nothing more, as one answer has none on purpose. */
  private static boolean status(
      Observation.Answered control, Observation.Answered candidate, Findings findings) {
    Json left = Json.Num.of(Integer.toString(control.status()));
    Json right = Json.Num.of(Integer.toString(candidate.status()));
    Sight sight = new Sight("status", left, right);
    findings.add(sight, Kind.VALUE, Excerpt.of(left, right));
    boolean noContent = control.status() == 204 || candidate.status() == 204;
    return noContent
        && !findings.refusedAny()
        && saysNothing(control.body())
        && saysNothing(candidate.body());
  }

  private static boolean saysNothing(Body body) {
    return body instanceof Body.Whole(byte[] bytes)
        && (bytes.length == 0
            || new String(bytes, StandardCharsets.ISO_8859_1).strip().equals("null"));
  }

  /** Both as bytes, or both as what was read of them. */
  private static boolean areBothThere(Body control, Body candidate) {
    return (control instanceof Body.Whole && candidate instanceof Body.Whole)
        || (control instanceof Body.Messages && candidate instanceof Body.Messages);
  }

  private static String whyNoBody(Body control, Body candidate) {
    return control instanceof Body.TooLarge || candidate instanceof Body.TooLarge
        ? "body-too-large"
        : "body-not-kept";
  }
}
