package dev.banyan.app.comparing;

import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.noise.NoiseWatch;
import dev.banyan.app.privacy.Silenced;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Signature;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RuleSet;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Compares the kept exemplars again when the rules change, when a day ends (tolerances end with
 * it), and when an earlier run's journal was taken in; on a thread of its own.
 */
@Singleton
public class JudgedAgain {
  private static final Logger LOG = System.getLogger(JudgedAgain.class.getName());

  private final MismatchJournal journal;
  private final TableKeeper tables;
  private final NoiseWatch noise;
  private final InstantSource clock;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("judged-again").daemon().factory());
  private LocalDate day;

  JudgedAgain(MismatchJournal journal, TableKeeper tables, NoiseWatch noise, InstantSource clock) {
    this.journal = journal;
    this.tables = tables;
    this.noise = noise;
    this.clock = clock;
    this.day = today();
    var _ = thread.scheduleWithFixedDelay(this::onNewDay, 1, 1, TimeUnit.MINUTES);
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }

  /** At once, beside whatever the caller does; many calls at a time are one. */
  public void soon() {
    if (asked.compareAndSet(false, true)) {
      thread.execute(this::judge);
    }
  }

  /**
   * At once, and waits for it.
   *
   * @return whether all was judged within the time
   */
  public boolean within(Duration time) throws InterruptedException {
    try {
      thread.submit((Runnable) this::judge).get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) {
      LOG.log(Level.ERROR, "signatures not judged again", Silenced.of(failed));
      return false;
    }
  }

  private void onNewDay() {
    LocalDate now = today();
    if (!now.equals(day)) {
      day = now;
      judge();
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void judge() {
    asked.set(false);
    RuleSet rules = tables.get().rules();
    for (Route route : rules.routes()) {
      if (route.target() instanceof RouteTarget.Forward forward) {
        judge(route, profile(rules, forward));
      }
    }
  }

  private void judge(Route route, CompareProfile profile) {
    String routeId = route.id();
    Rejudge rejudge = new Rejudge(profile, noise.look(route));
    for (Sighting sighting : journal.of(routeId).sightings()) {
      Signature signature = sighting.signature();
      try {
        journal.stands(routeId, signature, rejudge.of(sighting));
      } catch (RuntimeException unforeseen) {
        journal.stands(routeId, signature, new Standing.Stale());
        LOG.log(
            Level.ERROR,
            "not judged again: " + routeId + " " + signature.id(),
            Silenced.of(unforeseen));
      }
    }
  }

  public static CompareProfile profile(RuleSet rules, RouteTarget.Forward forward) {
    return rules.profiles().getOrDefault(forward.compare(), CompareProfile.STRICT);
  }
}
