package dev.banyan.app.rules;

import dev.banyan.app.RuleSource;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rule files every moment and has them read once they are still: two looks that agree,
 * then a reading, then a look that agrees again. Looking, rather than being told by the kernel,
 * works the same for replaced files, swapped links and network file systems
 * (docs/adr/0010-seen-from-outside.md). Lives on whatever it meets.
 */
@Singleton
public class RuleWatch {
  private static final Logger LOG = System.getLogger(RuleWatch.class.getName());

  private final RuleSource source;
  private final RulesInForce rules;
  private final Duration every;
  private volatile @Nullable Thread thread;

  RuleWatch(
      RuleSource source,
      RulesInForce rules,
      @ConfigProperty(name = "banyan.rules.watch", defaultValue = "500ms") Duration every) {
    this.source = source;
    this.rules = rules;
    this.every = every;
  }

  /** Begins to look; with an interval of zero, never. */
  public void start() {
    if (every.isPositive()) {
      FileMarks now = FileMarks.of(source.path());
      thread = Thread.ofPlatform().name("rule-watch").daemon().start(() -> look(now));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void look(FileMarks atStart) {
    FileMarks read = atStart;
    FileMarks before = atStart;
    try {
      while (true) {
        Thread.sleep(every);
        FileMarks now = FileMarks.of(source.path());
        if (!now.equals(read) && now.equals(before)) {
          reload();
          read = now; // Written meanwhile: the next look differs from this one, and reads again.
        }
        before = now;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void reload() {
    try {
      rules.reload(RulesInForce.Cause.FILES_CHANGED);
    } catch (RuntimeException | StackOverflowError unforeseen) {
      LOG.log(Level.ERROR, "rules could not be read again; the running ones stay", unforeseen);
    }
  }
}
