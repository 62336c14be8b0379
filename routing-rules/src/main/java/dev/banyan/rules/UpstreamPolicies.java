package dev.banyan.rules;

/**
 * How an upstream is treated beyond its limits.
 *
 * @param inFlight requests to it at a time at the most, over the whole process; 0 for no bound
 */
public record UpstreamPolicies(
    Affinity affinity,
    HealthPolicy health,
    RetryPolicy retry,
    BreakerPolicy breaker,
    int inFlight,
    RequestBody requestBody,
    UpstreamTls tls) {
  public static final UpstreamPolicies DEFAULT =
      new UpstreamPolicies(
          new Affinity.None(),
          HealthPolicy.DEFAULT,
          RetryPolicy.NONE,
          BreakerPolicy.DEFAULT,
          0,
          new RequestBody.Streamed(),
          UpstreamTls.DEFAULT);

  public UpstreamPolicies with(RetryPolicy other) {
    return new UpstreamPolicies(affinity, health, other, breaker, inFlight, requestBody, tls);
  }

  public UpstreamPolicies with(Affinity other) {
    return new UpstreamPolicies(other, health, retry, breaker, inFlight, requestBody, tls);
  }

  public UpstreamPolicies with(HealthPolicy other) {
    return new UpstreamPolicies(affinity, other, retry, breaker, inFlight, requestBody, tls);
  }

  public UpstreamPolicies with(BreakerPolicy other) {
    return new UpstreamPolicies(affinity, health, retry, other, inFlight, requestBody, tls);
  }

  public UpstreamPolicies with(RequestBody other) {
    return new UpstreamPolicies(affinity, health, retry, breaker, inFlight, other, tls);
  }

  public UpstreamPolicies with(UpstreamTls other) {
    return new UpstreamPolicies(affinity, health, retry, breaker, inFlight, requestBody, other);
  }

  public UpstreamPolicies withInFlight(int other) {
    return new UpstreamPolicies(affinity, health, retry, breaker, other, requestBody, tls);
  }
}
