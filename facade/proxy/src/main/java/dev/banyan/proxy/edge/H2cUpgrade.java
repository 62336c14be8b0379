package dev.banyan.proxy.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The upgrade from HTTP/1.1 to HTTP/2, which is not offered (RFC 9113 3.1 has given it up): prior
 * knowledge is the way. The server has no switch for the one without the other, and takes the word
 * from any of several fields.
 */
final class H2cUpgrade {
  private static final String SETTINGS = "HTTP2-Settings";

  private H2cUpgrade() {}

  /** Takes all of Upgrade away where any of it asks for HTTP/2, and what goes with it. */
  static void drop(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.UPGRADE) && isAsked(headers)) {
      headers.remove(HttpHeaderNames.UPGRADE);
      headers.remove(SETTINGS);
    }
  }

  private static boolean isAsked(HttpHeaders headers) {
    for (String value : headers.getAll(HttpHeaderNames.UPGRADE)) {
      for (String protocol : value.split(",", -1)) {
        if (protocol.strip().equalsIgnoreCase("h2c")) {
          return true;
        }
      }
    }
    return false;
  }
}
