package dev.banyan.proxy;

import dev.banyan.parity.Observation;
import dev.banyan.proxy.MirroredWrite.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's writes of one route on their way to the migrated side: each is sent, with one
 * key, until it has arrived, is refused, or its time is over. In no certain order.
 */
final class WriteLine implements Deadlines.Waiting {
  private final ShadowSender sender;
  private final CandidatePace pace = new CandidatePace();
  private final PriorityQueue<PendingWrite> waiting = new PriorityQueue<>(PendingWrite.DUE);
  private final Set<PendingWrite> underWay = new HashSet<>();

  WriteLine(ShadowSender sender) {
    this.sender = sender;
  }

  /** Takes over a write, and a place in the budget. */
  void add(PendingWrite write) {
    if (waiting.isEmpty()) {
      sender.deadlines().add(this);
    }
    waiting.add(write);
    send(System.nanoTime());
  }

  boolean isIdle() {
    return waiting.isEmpty() && underWay.isEmpty();
  }

  /** Gives up what waits, and what is under way: it is not known whether that arrives. */
  void stop() {
    List<PendingWrite> rest = new ArrayList<>(waiting);
    rest.addAll(underWay);
    waiting.clear();
    underWay.clear();
    sender.deadlines().remove(this);
    rest.forEach(write -> giveUp(write, "stopped", null));
  }

  @Override
  public void check(long now) {
    List<PendingWrite> late = new ArrayList<>();
    waiting.removeIf(write -> write.isTooLate(now) && late.add(write));
    late.forEach(write -> giveUp(write, write.lastReason(), null));
    send(now);
  }

  private void send(long now) {
    PendingWrite next = waiting.peek();
    while (next != null && next.isDue(now) && enter(now)) {
      waiting.poll();
      start(next);
      next = waiting.peek();
    }
    if (waiting.isEmpty()) {
      sender.deadlines().remove(this);
    }
  }

  private boolean enter(long now) {
    if (!sender.budget().enter()) {
      return false;
    }
    if (pace.enter(now) != null) {
      sender.budget().leave();
      return false;
    }
    return true;
  }

  private void start(PendingWrite write) {
    underWay.add(write);
    write.begins();
    new ShadowCall(sender, write.job(), write.mirror(), pace, outcome -> ended(write, outcome))
        .start();
  }

  private void ended(PendingWrite write, ShadowedExchange outcome) {
    sender.budget().leave();
    if (!underWay.remove(write)) {
      return;
    }
    TriedWrite tried = TriedWrite.of(outcome);
    long now = System.nanoTime();
    switch (tried.result()) {
      case DONE -> over(write, Outcome.ARRIVED, tried.reason(), outcome);
      case REFUSED -> over(write, Outcome.REFUSED, tried.reason(), outcome);
      case AGAIN -> {
        write.failed(tried.reason(), now, sender.random());
        if (write.isTooLate(now)) {
          giveUp(write, tried.reason(), outcome);
        } else {
          if (waiting.isEmpty()) {
            sender.deadlines().add(this);
          }
          waiting.add(write);
        }
      }
    }
    send(now);
  }

  private void giveUp(PendingWrite write, String reason, @Nullable ShadowedExchange last) {
    over(write, Outcome.GIVEN_UP, reason, last);
  }

  private void over(
      PendingWrite write, Outcome outcome, String reason, @Nullable ShadowedExchange last) {
    ShadowSender.Job job = write.job();
    ShadowedExchange compared = last == null ? withoutAnswer(write, reason) : last;
    sender.budget().writeEnded();
    job.capture().release();
    sender
        .sink()
        .written(
            new MirroredWrite(
                job.decision(), job.request().method(), outcome, reason, write.tries(), job.key()));
    if (job.control() instanceof Observation.Failed failed) {
      // Legacy did it, and its answer is not whole: there is nothing to compare with.
      String why = failed.failure().equals("client-left") ? "client-left" : "control-failed";
      sender.sink().shadowed(new ShadowedExchange.Skipped(job.decision(), why));
    } else {
      sender.sink().shadowed(compared);
    }
  }

  /** Its time was over while it waited: the candidate failed where the control answered. */
  private static ShadowedExchange withoutAnswer(PendingWrite write, String reason) {
    ShadowSender.Job job = write.job();
    if (write.tries() == 0) {
      return new ShadowedExchange.Skipped(job.decision(), "queue-full");
    }
    return new ShadowedExchange.Pair(
        job.decision(),
        job.request(),
        job.control(),
        new Observation.Failed(reason, Duration.ZERO));
  }
}
