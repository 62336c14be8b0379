package dev.banyan.proxy.upstream;

import java.net.URI;

/** One URL of an upstream, as one event loop sees it. */
public final class Endpoint {
  private final String host;
  private final int port;
  private final boolean tls;
  private final String authority;
  private final EndpointHealth health;
  private final long seed;
  private int inFlight;

  public Endpoint(URI url, EndpointHealth health) {
    this.health = health;
    tls = "https".equalsIgnoreCase(url.getScheme());
    port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    String named = url.getHost();
    host = named.startsWith("[") ? named.substring(1, named.length() - 1) : named;
    authority = url.getRawAuthority();
    seed = Balancer.hash(url.toString());
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  public boolean tls() {
    return tls;
  }

  /** Host and, where it is written, port. */
  public String authority() {
    return authority;
  }

  public EndpointHealth health() {
    return health;
  }

  public void begin() {
    inFlight++;
  }

  public void end() {
    inFlight--;
  }

  int inFlight() {
    return inFlight;
  }

  long seed() {
    return seed;
  }
}
