package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.proxy.MirroredWrite.Outcome;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Upstream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's writes that the migrated side carries out after legacy. They are held in memory,
 * within bounds; what is not carried out in the end is told of, each one.
 *
 * <p>Obeys docs/adr/0021-writes-after-success.md.
 */
final class WriteLines {
  private final ShadowSender sender;
  private final Map<Target, WriteLine> lines = new HashMap<>();
  private long numbers;

  private record Target(String route, Upstream candidate) {}

  WriteLines(ShadowSender sender) {
    this.sender = sender;
  }

  /**
   * Takes over a job, and what its capture holds of the budget.
   *
   * @param legacy whether legacy did what was asked for
   */
  void take(ShadowSender.Job job, Decision.Mirror mirror, CarriedOut legacy) {
    switch (legacy) {
      case NO -> end(job, null, "not-successful", "not-successful");
      case UNKNOWN -> end(job, Outcome.UNKNOWN, "unknown", "control-failed");
      case YES -> {
        String obstacle = obstacle(job);
        if (obstacle == null && !sender.budget().keepWrite()) {
          obstacle = "queue-full";
        }
        if (obstacle == null) {
          keep(job, mirror);
        } else {
          end(job, Outcome.GIVEN_UP, obstacle, obstacle);
        }
      }
    }
  }

  private void keep(ShadowSender.Job job, Decision.Mirror mirror) {
    ShadowSender.Job keyed = job.with(CopyMark.key(job.request()));
    lines
        .computeIfAbsent(
            new Target(job.decision().route().id(), mirror.upstream()),
            target -> new WriteLine(sender))
        .add(new PendingWrite(keyed, mirror, numbers++, System.nanoTime()));
  }

  private static @Nullable String obstacle(ShadowSender.Job job) {
    BodyTee body = job.capture().requestTee();
    if (job.request().body() instanceof Body.TooLarge) {
      return "request-too-large";
    }
    if (body.hadNoRoom()) {
      return "bytes-full";
    }
    return body.isWhole() ? null : "request-cut";
  }

  private void end(
      ShadowSender.Job job, @Nullable Outcome outcome, String reason, String whySkipped) {
    job.capture().release();
    if (outcome != null) {
      sender
          .sink()
          .written(
              new MirroredWrite(job.decision(), job.request().method(), outcome, reason, 0, null));
    }
    sender.sink().shadowed(new ShadowedExchange.Skipped(job.decision(), whySkipped));
  }

  /** Forgets the lines on which nothing is. */
  void sweep() {
    lines.values().removeIf(WriteLine::isIdle);
  }

  /** The event loop ends: what has not arrived is given up. */
  void stop() {
    lines.values().forEach(WriteLine::stop);
  }
}
