package dev.banyan.rules;

import dev.banyan.rules.CanaryPolicy.Sticky;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a client stands among all clients of a canary: the same number with each of its requests,
 * as long as the rollout lasts. What the rule names comes first, Banyan's own cookie second, the
 * request's ticket last; that ticket's draw is what the cookie will carry, so that a client's first
 * request is on its side already. A header or an application's cookie costs no allocation.
 */
final class ClientDraw implements Stickiness {
  private final KeyedHash hash;
  private final @Nullable String header;
  private final @Nullable String cookie;
  private final @Nullable String claim;
  private final @Nullable SideCookie own;

  private ClientDraw(
      KeyedHash hash,
      @Nullable String header,
      @Nullable String cookie,
      @Nullable String claim,
      @Nullable SideCookie own) {
    this.claim = claim;
    this.hash = hash;
    this.header = header;
    this.cookie = cookie;
    this.own = own;
  }

  static ClientDraw of(Sticky sticky, String routeId, Rollouts rollouts) {
    String rollout = rollouts.id(routeId);
    KeyedHash hash = KeyedHash.of(rollout);
    @Nullable SideCookie own =
        rollouts.secret().map(key -> new SideCookie(routeId, rollout, key)).orElse(null);
    return switch (sticky) {
      case Sticky.Header(String name) -> new ClientDraw(hash, name, null, null, own);
      case Sticky.Cookie(String name) -> new ClientDraw(hash, null, name, null, own);
      case Sticky.Claim(String name) -> new ClientDraw(hash, null, null, name, own);
      case Sticky.BanyanCookie() -> new ClientDraw(hash, null, null, null, own);
      case Sticky.None() -> new ClientDraw(hash, null, null, null, null);
    };
  }

  /** Any int; {@link Share#takes} says whether it is within a share. */
  int of(RequestHead head, long ticket) {
    long named = named(head);
    if (named != SideCookie.ABSENT) {
      return (int) named;
    }
    long carried = own == null ? SideCookie.ABSENT : own.read(head);
    return carried == SideCookie.ABSENT ? drawn(ticket) : (int) carried;
  }

  private static int drawn(long ticket) {
    return (int) (ticket >>> 32);
  }

  /** By what the rule names, 0 to 2^32 − 1; or absent. */
  private long named(RequestHead head) {
    if (header != null) {
      String value = head.header(header);
      return value == null ? SideCookie.ABSENT : hashed(value, 0, value.length());
    }
    if (claim != null) {
      String value = BearerClaim.of(head.header("authorization"), claim);
      return value == null ? SideCookie.ABSENT : hashed(value, 0, value.length());
    }
    String cookies = cookie == null ? null : head.header("cookie");
    if (cookie == null || cookies == null) {
      return SideCookie.ABSENT;
    }
    int start = CookieField.start(cookies, cookie);
    return start < 0 ? SideCookie.ABSENT : hashed(cookies, start, CookieField.end(cookies, start));
  }

  /** An empty value names nobody. */
  private long hashed(String text, int start, int end) {
    return end > start
        ? Integer.toUnsignedLong((int) hash.hash(text, start, end))
        : SideCookie.ABSENT;
  }

  @Override
  public Optional<String> setCookie(RequestHead head, long ticket) {
    boolean isPlaced =
        own == null || named(head) != SideCookie.ABSENT || own.read(head) != SideCookie.ABSENT;
    return isPlaced || own == null ? Optional.empty() : Optional.of(own.set(drawn(ticket)));
  }
}
