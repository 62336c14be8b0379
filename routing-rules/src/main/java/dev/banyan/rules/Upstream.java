package dev.banyan.rules;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A named place that requests are sent to.
 *
 * @param name as routes call it
 * @param urls base URLs, {@code http} or {@code https}, each with host and without path, query or
 *     fragment; at least one
 * @param protocol spoken to it
 * @param connectTimeout until a connection stands
 * @param timeout from the request sent to the first byte of the answer, and between two bytes of
 *     the answer
 * @param connections the most connections held to one of its URLs at a time by one event loop
 * @param policies balancing, health, retries, breaker, bodies and TLS
 */
public record Upstream(
    String name,
    List<URI> urls,
    Protocol protocol,
    Duration connectTimeout,
    Duration timeout,
    int connections,
    UpstreamPolicies policies) {
  /** What is spoken to an upstream; clients speak what they like. */
  public enum Protocol {
    HTTP1,
    /** By ALPN over TLS, which may settle on HTTP/1.1; with prior knowledge otherwise. */
    HTTP2
  }

  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Long enough for a cold ASP.NET application, which compiles its pages for up to 13 s at its
   * first request.
   */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  public static final int DEFAULT_CONNECTIONS = 256;

  public Upstream {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(
          "urls of upstream " + name + ": none (expected: one or more)");
    }
  }

  /** An upstream with these limits and the default policies. */
  public Upstream(
      String name,
      List<URI> urls,
      Protocol protocol,
      Duration connectTimeout,
      Duration timeout,
      int connections) {
    this(name, urls, protocol, connectTimeout, timeout, connections, UpstreamPolicies.DEFAULT);
  }

  public Upstream with(UpstreamPolicies other) {
    return new Upstream(name, urls, protocol, connectTimeout, timeout, connections, other);
  }

  /** An upstream with one URL and the default limits. */
  public static Upstream of(String name, URI url) {
    return new Upstream(
        name,
        List.of(url),
        Protocol.HTTP1,
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_TIMEOUT,
        DEFAULT_CONNECTIONS);
  }
}
