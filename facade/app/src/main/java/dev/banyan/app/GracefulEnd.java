package dev.banyan.app;

import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The end on SIGTERM or SIGINT, in this order: not ready; a grace in which balancers see that;
 * accept nobody; let requests end; exit with 0. The admin side answers until the last step. A
 * second signal ends the waiting.
 */
@Singleton
class GracefulEnd {
  private static final Logger LOG = System.getLogger(GracefulEnd.class.getName());

  private final RunningFacade facade;
  private final Duration grace;
  private final Duration timeout;
  private final AtomicBoolean begun = new AtomicBoolean();

  GracefulEnd(
      RunningFacade facade,
      @ConfigProperty(name = "banyan.drain.grace", defaultValue = "0s") Duration grace,
      @ConfigProperty(name = "banyan.drain.timeout", defaultValue = "20s") Duration timeout) {
    this.facade = facade;
    this.grace = grace;
    this.timeout = timeout;
  }

  void onSignals() {
    Signals.on("TERM", this::end);
    Signals.on("INT", this::end);
  }

  private void end() {
    if (begun.compareAndSet(false, true)) {
      drain();
    }
    Quarkus.asyncExit(0);
  }

  private void drain() {
    LOG.log(Level.INFO, "draining: grace=" + grace + " timeout=" + timeout);
    facade.leave();
    try {
      Thread.sleep(grace);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    int cut = facade.drain(timeout);
    if (cut > 0) {
      LOG.log(Level.WARNING, "drained: requests that are cut=" + cut);
    } else {
      LOG.log(Level.INFO, "drained: every request has ended");
    }
  }
}
