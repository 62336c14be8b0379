package dev.banyan.rules;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Banyan's own cookie, one per route in canary: the draw that placed a client among all clients,
 * signed, so that nobody can choose a side. 22 characters: base64url of four bytes of draw and
 * twelve of HMAC-SHA256 over route, rollout and draw. A cookie of another rollout is not believed,
 * so each rollout draws anew; once the route is in no canary, the cookie is taken back.
 */
final class SideCookie {
  /** What {@link #read} says where there is no draw; a draw is an unsigned int. */
  static final long ABSENT = -1;

  private static final String FORM = "banyan-side-1";
  private static final int MAC_BYTES = 12;
  private static final int LENGTH = 22;
  private static final int MAX_AGE_SECONDS = 30 * 24 * 3_600;

  private final String name;
  private final String signed;
  private final SecretKey secret;

  SideCookie(String routeId, String rollout, SecretKey secret) {
    this.name = name(routeId);
    this.signed = FORM + "\n" + routeId.length() + ":" + routeId + "\n" + rollout;
    this.secret = secret;
  }

  /** It says nothing of the route: {@code banyan-side-} and eight hex digits. */
  static String name(String routeId) {
    long hash = KeyedHash.of(FORM).hash(routeId, 0, routeId.length());
    return Stickiness.COOKIES + HexFormat.of().toHexDigits(hash).substring(0, 8);
  }

  /** The draw that the request carries, 0 to 2^32 − 1; {@link #ABSENT} without one to believe. */
  long read(RequestHead head) {
    String cookies = head.header("cookie");
    int start = cookies == null ? -1 : CookieField.start(cookies, name);
    if (cookies == null || start < 0 || CookieField.end(cookies, start) - start != LENGTH) {
      return ABSENT;
    }
    return read(cookies.substring(start, start + LENGTH));
  }

  private long read(String value) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(value);
    } catch (IllegalArgumentException garbled) {
      return ABSENT;
    }
    int draw = ByteBuffer.wrap(bytes).getInt();
    byte[] mac = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    return MessageDigest.isEqual(mac, mac(draw)) ? Integer.toUnsignedLong(draw) : ABSENT;
  }

  /** The Set-Cookie field for a draw. */
  String set(int draw) {
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES + MAC_BYTES).putInt(draw).put(mac(draw)).array();
    return field(name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
        + MAX_AGE_SECONDS;
  }

  /** The Set-Cookie field that ends a cookie of this name, where the request carries one. */
  static Optional<String> takeBack(String name, RequestHead head) {
    String cookies = head.header("cookie");
    return cookies != null && CookieField.start(cookies, name) >= 0
        ? Optional.of(field(name, "") + 0)
        : Optional.empty();
  }

  private static String field(String name, String value) {
    return name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=";
  }

  private byte[] mac(int draw) {
    try {
      // A Mac keeps state and event loops are many; one each time costs a microsecond.
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return Arrays.copyOf(
          mac.doFinal((signed + "\n" + draw).getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("mac: HmacSHA256 (expected: in every Java platform)", e);
    }
  }
}
