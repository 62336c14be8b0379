package dev.banyan.proxy;

import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * Where the copies of one event loop go: to the loop beside it, unless there is a reason why not.
 */
record Copies(ShadowSender sender, WaitingCopies<ShadowSender.Job> waiting) {
  /**
   * @param live what is sent on the live loop, where nobody else comes to it
   */
  static Copies between(Context context, ShadowSender live, CopyLoop beside) {
    return new Copies(
        live,
        new WaitingCopies<>(beside.sending(), new WaitingCopies.Sending<>(context, live::send)));
  }

  /** Sends the copy, or counts why not; takes over what the capture holds of the budget. */
  void send(ShadowSender.Job job, @Nullable String whyNot) {
    if (job.decision().mirror() == null) {
      job.capture().release();
    } else if (whyNot != null) {
      sender.skip(job, whyNot);
    } else if (!waiting.add(job)) {
      sender.skip(job, "in-flight-full");
    }
  }
}
