package dev.banyan.proxy;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of trace ids (W3C Trace Context). Where nobody makes spans a valid {@code
 * traceparent} goes on as it came; where spans are made, each request and each copy gets an id of
 * its own. The caller's sampled flag is kept; who brings none is sampled by the ratio.
 */
public final class TracePolicy {
  /** No spans: ids are passed on. */
  public static final TracePolicy PASS_ON = new TracePolicy(-1);

  private final double ratio;

  private TracePolicy(double ratio) {
    this.ratio = ratio;
  }

  /**
   * Spans are made.
   *
   * @param ratio share of the traces begun here that are sampled, 0 to 1
   */
  public static TracePolicy spans(double ratio) {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("tracing ratio: " + ratio + " (expected: 0 to 1)");
    }
    return new TracePolicy(ratio);
  }

  private boolean makesSpans() {
    return ratio >= 0;
  }

  /** The {@code traceparent} for the upstream; {@code came} itself where it goes on as it is. */
  String onward(@Nullable String came, RandomGenerator random) {
    if (came == null) {
      boolean sampled = makesSpans() && random.nextDouble() < ratio;
      return sampled ? TraceContext.beginSampled(random) : TraceContext.begin(random);
    }
    return makesSpans() ? TraceContext.child(came, random) : came;
  }

  /** The {@code traceparent} of a copy of a request that was sent with {@code sent}. */
  String apart(String sent, RandomGenerator random) {
    if (!makesSpans()) {
      return TraceContext.child(sent, random);
    }
    boolean sampled = (Character.digit(sent.charAt(54), 16) & 1) == 1;
    return sampled ? TraceContext.beginSampled(random) : TraceContext.begin(random);
  }
}
