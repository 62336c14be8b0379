package dev.banyan.proxy;

import dev.banyan.proxy.upstream.UpstreamBook;
import io.vertx.core.AbstractVerticle;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An event loop beside a live one, on which nothing but copies is sent. It lets all other threads
 * go first, so that on a busy processor a live answer never waits for a copy or for its answer.
 */
final class CopyLoop extends AbstractVerticle {
  private final int number;
  private final Supplier<Decider> tables;
  private final SharedParts shared;
  private final Deadlines deadlines = new Deadlines();
  private @Nullable ShadowSender sender;

  /**
   * @param number from 0, for whoever looks at threads
   */
  CopyLoop(int number, Supplier<Decider> tables, SharedParts shared) {
    this.number = number;
    this.tables = tables;
    this.shared = shared;
  }

  @Override
  public void start() {
    Thread.currentThread().setName("copies-" + number);
    Scheduling.behindOthers();
    ShadowSender own =
        new ShadowSender(
            new Upstreams(vertx, new UpstreamBook(), tables),
            deadlines,
            shared.budget(),
            shared.sink(),
            new SplittableRandom());
    sender = own;
    vertx.setPeriodic(Deadlines.TICK_MILLIS, t -> deadlines.tick());
    vertx.setPeriodic(FacadeVerticle.SWEEP_MILLIS, t -> own.sweep());
  }

  @Override
  public void stop() {
    started().stop();
  }

  /** For a live loop, once this one has started. */
  WaitingCopies.Sending<ShadowSender.Job> sending() {
    return new WaitingCopies.Sending<>(context, started()::send);
  }

  private ShadowSender started() {
    return Objects.requireNonNull(sender, "started");
  }
}
