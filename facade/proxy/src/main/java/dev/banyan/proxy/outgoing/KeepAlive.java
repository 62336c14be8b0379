package dev.banyan.proxy.outgoing;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import io.vertx.core.http.impl.HttpUtils;
import java.util.concurrent.TimeUnit;

/** How long one connection stays: what its upstream says of it, how old it is, when it rested. */
final class KeepAlive {
  private static final CharSequence KEEP_ALIVE = AsciiString.cached("keep-alive");

  private final long retiresAt;
  private long keepNanos;
  private long restsUntil;
  private boolean stays;

  /**
   * @param retiresAt when it takes no other request, so that an upstream whose name has moved is
   *     followed
   * @param keepNanos how long it may be idle, where the upstream does not say
   */
  KeepAlive(long retiresAt, long keepNanos) {
    this.retiresAt = retiresAt;
    this.keepNanos = keepNanos;
  }

  /** The head of a final answer came. */
  void read(HttpResponse head) {
    boolean switches = head.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    stays = HttpUtil.isKeepAlive(head) && !switches;
    HttpHeaders headers = head.headers();
    String said = headers.get(KEEP_ALIVE);
    int seconds = said == null ? -1 : HttpUtils.parseKeepAliveHeaderTimeout(said);
    if (seconds >= 0) {
      keepNanos = Math.min(keepNanos, TimeUnit.SECONDS.toNanos(seconds));
    }
  }

  /** Nobody has a request for it. */
  void rest(long now) {
    restsUntil = now + keepNanos;
  }

  /** Whether the upstream keeps it after its last answer, and it is not too old. */
  boolean staysAfter(long now) {
    return stays && isYoung(now);
  }

  /** Whether it has not rested for too long, and is not too old. */
  boolean isFresh(long now) {
    return now - restsUntil < 0 && isYoung(now);
  }

  private boolean isYoung(long now) {
    return now - retiresAt < 0;
  }
}
