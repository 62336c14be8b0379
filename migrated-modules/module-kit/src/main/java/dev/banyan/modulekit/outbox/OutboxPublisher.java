package dev.banyan.modulekit.outbox;

import dev.banyan.modulekit.outbox.OutboxTable.Claim;
import dev.banyan.modulekit.outbox.OutboxTable.Counts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what is in the outbox, one round after the other.
 *
 * <p>A round is one transaction: claim, deliver, mark. A process that dies within it leaves its
 * claims to the next one, which delivers them again under the same ids.
 */
@ApplicationScoped
class OutboxPublisher {

  private static final Logger LOG = Logger.getLogger(OutboxPublisher.class);
  private static final long NANOS_BETWEEN_SWEEPS = Duration.ofMinutes(10).toNanos();
  private static final int LONGEST_ROUND_SECONDS = 600;

  private final OutboxTable table;
  private final EventTarget target;
  private final OutboxSettings settings;
  private final MeterRegistry meters;
  private final Semaphore bell = new Semaphore(0);
  private volatile Counts counts = new Counts(0, 0);
  private volatile boolean stopped;
  private @Nullable Thread thread;
  private long sweptAt = System.nanoTime() - NANOS_BETWEEN_SWEEPS;

  @Inject
  OutboxPublisher(
      OutboxTable table, EventTarget target, OutboxSettings settings, MeterRegistry meters) {
    this.table = table;
    this.target = target;
    this.settings = settings;
    this.meters = meters;
  }

  void start(@Observes StartupEvent start) {
    Gauge.builder("banyan.outbox.events", this, it -> it.counts.pending())
        .tag("state", "pending")
        .register(meters);
    Gauge.builder("banyan.outbox.events", this, it -> it.counts.dead())
        .tag("state", "dead")
        .register(meters);
    thread = Thread.ofVirtual().name("outbox").start(this::publish);
  }

  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    stopped = true;
    wake();
    Thread running = thread;
    if (running != null && !running.join(settings.timeout().plusSeconds(1))) {
      running.interrupt();
    }
  }

  /** Says that there may be something to publish. */
  void wake() {
    if (bell.availablePermits() == 0) {
      bell.release();
    }
  }

  private void publish() {
    while (!stopped) {
      try {
        int claimed = round();
        counts = table.counts();
        sweepNowAndThen();
        if (claimed == 0 && bell.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      } catch (InterruptedException interrupted) {
        return;
      } catch (SQLException | RuntimeException failure) {
        LOG.warnf("outbox: %s (expected: a database; tried again)", failure.getMessage());
        rest();
      }
    }
  }

  private int round() {
    if (settings.target().isEmpty() && target instanceof HttpEventTarget) {
      return 0;
    }
    return QuarkusTransaction.requiringNew()
        .timeout(LONGEST_ROUND_SECONDS)
        .call(
            () -> {
              List<Claim> claims = table.claim(settings.batch());
              for (Claim claim : claims) {
                deliver(claim);
              }
              return claims.size();
            });
  }

  private void deliver(Claim claim) throws SQLException, InterruptedException {
    try {
      target.deliver(claim.event());
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      failed(claim, failure);
      return;
    }
    table.delivered(claim);
    count("delivered");
  }

  private void failed(Claim claim, Exception failure) throws SQLException {
    String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    if (claim.attempts() + 1 >= settings.attempts()) {
      table.dead(claim, why);
      count("dead");
      LOG.errorf("outbox: event %s is dead after its last try: %s", claim.event().id(), why);
      return;
    }
    table.failed(claim, why, pauseAfter(claim.attempts()));
    count("failed");
  }

  private Duration pauseAfter(int failedBefore) {
    Duration pause = settings.firstPause().multipliedBy(1L << Math.min(failedBefore, 30));
    return pause.compareTo(settings.longestPause()) < 0 ? pause : settings.longestPause();
  }

  private void count(String outcome) {
    meters.counter("banyan.outbox.deliveries", "outcome", outcome).increment();
  }

  private void sweepNowAndThen() throws SQLException {
    if (System.nanoTime() - sweptAt >= NANOS_BETWEEN_SWEEPS) {
      table.sweep(settings.keep());
      sweptAt = System.nanoTime();
    }
  }

  private void rest() {
    try {
      Thread.sleep(settings.poll());
    } catch (InterruptedException interrupted) {
      stopped = true;
    }
  }
}
