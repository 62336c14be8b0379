package dev.banyan.rules;

import java.time.Duration;
import java.util.Set;

/**
 * What of a route's traffic the other side sees as a copy.
 *
 * @param sample which share of the requests
 * @param methods upper-case, that only read here and are copied to either side; the safe ones
 *     unless the rule says otherwise. A request that asks for another method ({@link
 *     MethodOverride}) is none of them
 * @param credentials whether cookies and authorization go along
 * @param timeout until the candidate has answered whole
 * @param maxBody bytes of a request or an answer that are kept at the most; above it the pair is
 *     skipped and counted
 * @param writes what becomes of all other methods
 */
public record ShadowPolicy(
    Share sample,
    Set<String> methods,
    Credentials credentials,
    Duration timeout,
    int maxBody,
    WritePolicy writes) {
  public static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  public static final ShadowPolicy DEFAULT =
      new ShadowPolicy(
          Share.ALL, SAFE_METHODS, Credentials.DROP, Duration.ofSeconds(30), 1024 * 1024);

  /** What a shadow request does with Authorization, Proxy-Authorization and Cookie. */
  public enum Credentials {
    DROP,
    FORWARD
  }

  public ShadowPolicy {
    methods = Set.copyOf(methods);
  }

  /** Copies no writes. */
  public ShadowPolicy(
      Share sample, Set<String> methods, Credentials credentials, Duration timeout, int maxBody) {
    this(sample, methods, credentials, timeout, maxBody, WritePolicy.NEVER);
  }
}
