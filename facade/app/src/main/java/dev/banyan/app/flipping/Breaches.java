package dev.banyan.app.flipping;

import dev.banyan.app.background.Rounds;
import dev.banyan.app.store.BreachFile;
import dev.banyan.app.store.BreachStore;
import dev.banyan.migration.FlipWatch;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What is known of breaches: on disk for the next start, in the database for the other replicas,
 * and from there what the others know. Once a second, and at once where there is something to tell.
 * Rolling back asks none of it.
 */
@Singleton
public class Breaches {
  private static final Logger LOG = System.getLogger(Breaches.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final FlipWatch watch;
  private final BreachFile file;
  private final BreachStore store;
  private final InstantSource clock;
  private volatile boolean away;
  private final Rounds rounds =
      new Rounds(Thread.ofVirtual().name("breaches"), EVERY, this::exchange);

  Breaches(FlipWatch watch, BreachFile file, BreachStore store, InstantSource clock) {
    this.watch = watch;
    this.file = file;
    this.store = store;
    this.clock = clock;
  }

  void start() {
    watch.learn(file.read());
    rounds.start();
  }

  void stop() {
    rounds.stop();
  }

  /** A person has looked at the breach; false if there is none to look at. */
  public boolean acknowledge(String routeId, String who) {
    exchange();
    if (!watch.acknowledge(routeId, who, clock.instant())) {
      return false;
    }
    tell();
    return true;
  }

  /** Something is new here. */
  void tell() {
    file.write(watch);
    exchange();
  }

  /** Tells the other replicas, and hears from them, if the database is there. */
  void exchange() {
    try {
      if (watch.learn(store.exchange(watch.states()))) {
        file.write(watch);
      }
      away = false;
    } catch (SQLException | RuntimeException failure) {
      if (!away) {
        LOG.log(
            Level.WARNING,
            "breaches are not told to the other replicas for now: " + failure.getMessage());
      }
      away = true;
    }
  }
}
