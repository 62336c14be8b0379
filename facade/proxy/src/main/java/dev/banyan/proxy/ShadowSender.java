package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Side;
import dev.banyan.rules.WritePolicy.Writes;
import io.vertx.core.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends copies to the candidate, on connections of their own, within the {@link ShadowBudget}.
 * Holds no reference to the live exchange.
 */
final class ShadowSender {
  private static final long SHUN_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final String CLOSING = "closing";

  private final Upstreams upstreams;
  private final Deadlines deadlines;
  private final ShadowBudget budget;
  private final GuardedSink sink;
  private final SplittableRandom random;
  private final Repeats repeats;
  private final WriteLines writes;
  private final WaitingCopies<Job> waiting;
  private final Map<Pair, CandidatePace> paces = new HashMap<>();
  private boolean stopped;

  /** The client stands for its upstream's value, whose hash would cost more than the look. */
  private record Pair(String route, UpstreamClient candidate) {}

  /**
   * One copy to be sent.
   *
   * @param key of a write that is carried out after legacy; null for all others
   */
  record Job(
      Decision.Serve decision,
      RequestCopy request,
      Observation control,
      Capture capture,
      To to,
      @Nullable String key) {
    /** A copy for the candidate. */
    Job(Decision.Serve decision, RequestCopy request, Observation control, Capture capture) {
      this(decision, request, control, capture, To.CANDIDATE, null);
    }

    Job again() {
      return new Job(decision, request, control, capture, To.LEGACY_AGAIN, null);
    }

    /** With the key under which it is carried out once. */
    Job with(String idempotencyKey) {
      return new Job(decision, request, control, capture, to, idempotencyKey);
    }
  }

  /** Whom a copy is for. */
  enum To {
    CANDIDATE,
    LEGACY_AGAIN
  }

  ShadowSender(
      Context context,
      Upstreams upstreams,
      Deadlines deadlines,
      ShadowBudget budget,
      GuardedSink sink,
      SplittableRandom random) {
    this.upstreams = upstreams;
    this.deadlines = deadlines;
    this.budget = budget;
    this.sink = sink;
    this.random = random;
    this.repeats = new Repeats(budget, random);
    this.writes = new WriteLines(this);
    this.waiting = new WaitingCopies<>(context, this::hasRoom, this::sendNow);
  }

  /** A live request begins on this event loop. */
  void liveBegins() {
    waiting.liveBegins();
  }

  /** Sends the copy, or counts why not; takes over what the capture holds of the budget. */
  void send(Job job, @Nullable String whyNot) {
    if (job.decision().mirror() == null) {
      job.capture().release();
    } else if (whyNot != null) {
      skip(job, whyNot);
    } else if (stopped) {
      skip(job, CLOSING);
    } else if (!waiting.add(job)) {
      skip(job, "in-flight-full");
    }
  }

  private boolean hasRoom(Job job) {
    return !pace(job, Objects.requireNonNull(job.decision().mirror())).isFull();
  }

  private void sendNow(Job job) {
    Decision.Mirror mirror = Objects.requireNonNull(job.decision().mirror());
    Decision.Baseline baseline = mirror.baseline();
    if (baseline != null && repeats.wants(job, baseline)) {
      job.capture().share();
      start(job, mirror);
      repeat(job.again(), mirror, baseline);
    } else {
      start(job, mirror);
    }
  }

  /** Has the migrated side carry a write out, where legacy has. */
  void carryOut(Job job, Decision.Mirror mirror, CarriedOut legacy) {
    writes.take(job, mirror, legacy);
  }

  /**
   * The event loop ends: its connections are closed under the copies that are under way, which says
   * nothing of the candidate, and those that wait are not sent.
   */
  void stop() {
    stopped = true;
    waiting.giveUp(job -> skip(job, CLOSING));
    writes.stop();
  }

  boolean isStopped() {
    return stopped;
  }

  private void repeat(Job job, Decision.Mirror mirror, Decision.Baseline baseline) {
    String obstacle = repeats.obstacle(job, mirror, baseline);
    if (obstacle != null) {
      skip(job, obstacle);
      return;
    }
    start(job, new Decision.Mirror(Side.LEGACY, baseline.upstream(), mirror.policy()));
  }

  private void start(Job job, Decision.Mirror mirror) {
    CandidatePace pace = pace(job, mirror);
    String reason = obstacle(job, pace);
    if (reason != null) {
      skip(job, reason);
      return;
    }
    new ShadowCall(this, job, mirror, pace, outcome -> ended(job, mirror, pace, outcome)).start();
  }

  private void skip(Job job, String reason) {
    job.capture().release();
    tell(job, new ShadowedExchange.Skipped(job.decision(), reason));
  }

  private CandidatePace pace(Job job, Decision.Mirror mirror) {
    return paces.computeIfAbsent(
        new Pair(job.decision().route().id(), upstreams.of(mirror.upstream())),
        p -> new CandidatePace());
  }

  private @Nullable String obstacle(Job job, CandidatePace pace) {
    if (job.request().body() instanceof Body.TooLarge) {
      return "request-too-large";
    }
    Capture capture = job.capture();
    if (capture.requestTee().hadNoRoom() || capture.answerTee().hadNoRoom()) {
      return "bytes-full";
    }
    if (capture.requestTee().wasCut()) {
      return "request-cut";
    }
    if (!budget.enter()) {
      return "in-flight-full";
    }
    String paced = pace.enter(System.nanoTime());
    if (paced != null) {
      budget.leave();
    }
    return paced;
  }

  /** Forgets the candidates that no rule has named for a while. */
  void sweep() {
    long moment = System.nanoTime() - FORGET_NANOS;
    paces.values().removeIf(pace -> pace.unusedSince(moment));
    writes.sweep();
    upstreams.sweep();
  }

  Upstreams upstreams() {
    return upstreams;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  ShadowBudget budget() {
    return budget;
  }

  GuardedSink sink() {
    return sink;
  }

  SplittableRandom random() {
    return random;
  }

  /** The call is over: its budget is free again. */
  private void ended(
      Job job, Decision.Mirror mirror, CandidatePace pace, ShadowedExchange outcome) {
    budget.leave();
    waiting.roomAgain();
    if (mirror.writes() == Writes.DRY_RUN && lacksReceipt(outcome)) {
      pace.shun(System.nanoTime(), SHUN_NANOS);
    }
    job.capture().release();
    tell(
        job,
        stopped && isFailure(outcome)
            ? new ShadowedExchange.Skipped(job.decision(), CLOSING)
            : outcome);
  }

  private static boolean isFailure(ShadowedExchange outcome) {
    return outcome instanceof ShadowedExchange.Pair pair
        && pair.candidate() instanceof Observation.Failed;
  }

  /** A module that carries out what it was to rehearse must not get the next one at once. */
  private static boolean lacksReceipt(ShadowedExchange outcome) {
    return outcome instanceof ShadowedExchange.Pair pair
        && pair.candidate() instanceof Observation.Answered answer
        && CarriedOut.isSuccess(answer.status())
        && answer.headers().first("Banyan-Shadow").isEmpty();
  }

  private void tell(Job job, ShadowedExchange outcome) {
    if (job.to() == To.CANDIDATE) {
      sink.shadowed(outcome);
      return;
    }
    sink.repeated(
        switch (outcome) {
          case ShadowedExchange.Skipped(Decision.Serve decision, String reason) ->
              new RepeatedExchange.Dropped(decision, reason);
          case ShadowedExchange.Pair pair ->
              new RepeatedExchange.Pair(
                  pair.decision(), pair.request(), pair.control(), pair.candidate());
        });
  }
}
