package dev.banyan.rules;

import dev.banyan.rules.WritePolicy.Writes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one request. Made when the table is compiled, handed out as it is: deciding
 * allocates nothing.
 */
public sealed interface Decision {

  /**
   * One side serves it, and perhaps the other one gets a copy.
   *
   * @param mirror the copy's way, or null where none is sent
   * @param stickiness what the answer must carry to keep its client on its side, or null where
   *     nothing does
   */
  record Serve(
      Route route,
      long revision,
      Stage stage,
      Side side,
      Upstream upstream,
      @Nullable Mirror mirror,
      Capture capture,
      Forwarding forwarding,
      @Nullable Stickiness stickiness)
      implements Decision {
    /** Sends the request on as it is, to nobody else, with nothing to keep a client on its side. */
    public Serve(
        Route route,
        long revision,
        Stage stage,
        Side side,
        Upstream upstream,
        @Nullable Mirror mirror,
        Capture capture) {
      this(route, revision, stage, side, upstream, mirror, capture, Forwarding.PLAIN, null);
    }

    /** The same with another way of sending it on. */
    public Serve with(Forwarding other) {
      return new Serve(route, revision, stage, side, upstream, mirror, capture, other, stickiness);
    }

    /** Whether the bodies of request and answer are to be copied, up to {@link #maxBody}. */
    public boolean captures() {
      return mirror != null || capture == Capture.EXCHANGE;
    }

    /** Bytes of a body that are kept at the most. */
    public int maxBody() {
      return mirror != null ? mirror.policy().maxBody() : ShadowPolicy.DEFAULT.maxBody();
    }
  }

  /**
   * Where the copy of a request goes.
   *
   * @param baseline where some requests go once more besides, or null where none does
   * @param writes how it is sent where it changes something; {@link Writes#NEVER} where it only
   *     reads
   */
  record Mirror(
      Side side,
      Upstream upstream,
      ShadowPolicy policy,
      @Nullable Baseline baseline,
      Writes writes) {
    /** Of a request that only reads. */
    public Mirror(Side side, Upstream upstream, ShadowPolicy policy, @Nullable Baseline baseline) {
      this(side, upstream, policy, baseline, Writes.NEVER);
    }

    /** Of a request that only reads and goes nowhere else. */
    public Mirror(Side side, Upstream upstream, ShadowPolicy policy) {
      this(side, upstream, policy, null);
    }
  }

  /** The legacy system that gave the answer, or another instance of it, to be asked again. */
  record Baseline(Upstream upstream, NoisePolicy policy) {}

  /** Whether an exchange is kept although it is not shadowed (a contract is being recorded). */
  enum Capture {
    NONE,
    EXCHANGE
  }

  /**
   * It is answered by the facade itself.
   *
   * @param status 400 to 599
   * @param reason for the person who reads the problem document; names no inner details
   * @param routeId the route that refuses, or empty where no route matched or the path is ambiguous
   */
  record Refuse(int status, String reason, Optional<String> routeId) implements Decision {}
}
