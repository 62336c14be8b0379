package dev.banyan.proxy;

import dev.banyan.proxy.edge.Doorkeeper;
import dev.banyan.proxy.edge.FilePlan;
import dev.banyan.rules.RuleSet;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Shares the files of the process between clients and upstreams: at the start, and anew when other
 * rules are in force. What does not fit is said in the log and refused to nobody.
 */
final class FileShares {
  private static final Logger LOG = Logger.getLogger(FileShares.class.getName());
  private static final long LOOK_MILLIS = 1000;

  private final Doorkeeper doorkeeper;
  private final FacadeSettings settings;
  private final Supplier<RuleSet> rules;
  private String digest = "";
  private @Nullable FilePlan told;

  FileShares(Doorkeeper doorkeeper, FacadeSettings settings, Supplier<RuleSet> rules) {
    this.doorkeeper = doorkeeper;
    this.settings = settings;
    this.rules = rules;
  }

  /** Looks now, and from then on an event loop does. */
  void start(Vertx vertx) {
    look();
    vertx.setPeriodic(LOOK_MILLIS, t -> look());
  }

  /** By one thread at a time. */
  void look() {
    RuleSet now = rules.get();
    if (now.digest().equals(digest)) {
      return;
    }
    digest = now.digest();
    @Nullable FilePlan over =
        doorkeeper.share(PoolSizes.sum(now, settings)).filter(plan -> !plan.fits()).orElse(null);
    if (over != null && !over.equals(told)) {
      LOG.log(Level.WARNING, over.problem());
    }
    told = over;
  }
}
