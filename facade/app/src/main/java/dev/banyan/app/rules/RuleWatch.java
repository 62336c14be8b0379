package dev.banyan.app.rules;

import dev.banyan.app.RuleSource;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rule files every moment, and at others that are to be read again when they change,
 * and has them read once they are still. Looking, rather than being told by the kernel, works the
 * same for replaced files, swapped links and network file systems
 * (docs/adr/0010-seen-from-outside.md). Lives on whatever it meets.
 */
@Singleton
public class RuleWatch {
  private static final Logger LOG = System.getLogger(RuleWatch.class.getName());

  private final RuleSource source;
  private final RulesInForce rules;
  private final Duration every;
  private final List<WatchedFiles> watched = new ArrayList<>();
  private volatile @Nullable Thread thread;

  RuleWatch(
      RuleSource source,
      RulesInForce rules,
      @ConfigProperty(name = "banyan.rules.watch", defaultValue = "500ms") Duration every) {
    this.source = source;
    this.rules = rules;
    this.every = every;
  }

  /** Looks at other files too; to be called before the start. */
  public void alsoWatch(List<Path> files, Runnable changed) {
    if (!files.isEmpty()) {
      watched.add(new WatchedFiles(() -> FileMarks.of(files), changed));
    }
  }

  /** Begins to look; with an interval of zero, never. */
  public void start() {
    if (every.isPositive()) {
      watched.add(
          new WatchedFiles(() -> FileMarks.of(source.path(), source.beside()), this::reload));
      thread = Thread.ofPlatform().name("rule-watch").daemon().start(this::look);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(every);
        watched.forEach(WatchedFiles::look);
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
