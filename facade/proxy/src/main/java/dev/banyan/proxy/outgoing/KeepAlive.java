package dev.banyan.proxy.outgoing;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long one connection stays: what its upstream says of it, how old it is, when it rested. */
final class KeepAlive {
  private static final CharSequence KEEP_ALIVE = AsciiString.cached("keep-alive");

  /** Seconds that the upstream keeps an idle connection. */
  private static final Pattern TIMEOUT =
      Pattern.compile("(?:^|[\\s,;])timeout\\s*=\\s*\"?([0-9]{1,9})", Pattern.CASE_INSENSITIVE);

  /** The upstream began to count earlier than is done here, and what is sent takes time. */
  private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long retiresAt;
  private @Nullable String lastSaid;
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
    stays = HttpUtil.isKeepAlive(head) && !AnswerDecoder.switches(head);
    String said = head.headers().get(KEEP_ALIVE);
    if (said != null && !said.equals(lastSaid)) {
      lastSaid = said;
      keepNanos = Math.min(keepNanos, nanosOf(said));
    }
  }

  private static long nanosOf(String said) {
    Matcher timeout = TIMEOUT.matcher(said);
    if (!timeout.find()) {
      return Long.MAX_VALUE;
    }
    long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(timeout.group(1)));
    return nanos - Math.min(nanos / 2, MARGIN_NANOS);
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
