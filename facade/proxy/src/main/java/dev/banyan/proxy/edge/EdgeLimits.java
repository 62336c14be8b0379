package dev.banyan.proxy.edge;

import java.time.Duration;

/**
 * What a client may ask of the facade.
 *
 * @param line bytes of a request line at the most; http.sys takes 16 kB
 * @param headerBytes bytes of a header section at the most; Kerberos tokens come to 48 kB
 * @param headers fields of a request at the most
 * @param body bytes of a body at the most; 0 for no limit
 * @param headWithin from the first byte of a head, or from connecting, to its last
 * @param minimumRate bytes a second of a body at the least; 0 for no limit
 * @param rateGrace for so long a body may be slower
 * @param connections held at a time; 0 for what the file limit of the process allows
 * @param connectionsPerAddress of one client address, trusted proxies excepted; 0 for no limit
 * @param proxyProtocol whether trusted proxies say whom they speak for
 */
public record EdgeLimits(
    int line,
    int headerBytes,
    int headers,
    long body,
    Duration headWithin,
    int minimumRate,
    Duration rateGrace,
    int connections,
    int connectionsPerAddress,
    ProxyProtocol proxyProtocol) {

  /** Whether connections of trusted proxies begin with a PROXY header, version 1 or 2. */
  public enum ProxyProtocol {
    OFF,
    REQUIRED
  }

  private static final int READER_GRACES = 12;

  public static final EdgeLimits STANDARD =
      new EdgeLimits(
          16 * 1024,
          64 * 1024,
          256,
          0,
          Duration.ofSeconds(10),
          240,
          Duration.ofSeconds(5),
          0,
          0,
          ProxyProtocol.OFF);

  public EdgeLimits {
    atLeast("line", line, 256);
    atLeast("header-bytes", headerBytes, 1024);
    atLeast("headers", headers, 16);
    atLeast("body", body, 0);
    atLeast("head-within in ms", headWithin.toMillis(), 1);
    atLeast("minimum-rate", minimumRate, 0);
    atLeast("rate-grace in ms", rateGrace.toMillis(), 1);
    atLeast("connections", connections, 0);
    atLeast("connections-per-address", connectionsPerAddress, 0);
  }

  /** For so long an answer may be taken slower: a socket takes and gives in bursts. */
  public long readerGraceNanos() {
    return READER_GRACES * rateGrace.toNanos();
  }

  private static void atLeast(String what, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected: " + least + " or more)");
    }
  }
}
