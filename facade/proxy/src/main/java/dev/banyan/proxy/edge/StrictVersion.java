package dev.banyan.proxy.edge;

import io.netty.handler.codec.http.HttpVersion;

/** The versions of HTTP/1, as a request line has to write them (RFC 9112 2.3). */
final class StrictVersion {
  private StrictVersion() {}

  /**
   * Netty reads {@code http/1.1} as a version that equals HTTP/1.1, and keeps the constants for
   * what is written as it should be.
   */
  @SuppressWarnings("ReferenceEquality")
  static boolean isWrittenRight(HttpVersion version) {
    return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
  }
}
