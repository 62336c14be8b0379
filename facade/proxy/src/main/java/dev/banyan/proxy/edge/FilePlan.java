package dev.banyan.proxy.edge;

/**
 * What the files of the process are for.
 *
 * @param limit files that the process may hold open
 * @param open those open before anybody came
 * @param kept for logs, classes, buffered bodies, the admin port and the database
 * @param upstreams connections that the pools to upstreams may hold at the most
 * @param clients connections that clients may hold
 */
public record FilePlan(long limit, long open, long kept, long upstreams, int clients) {
  private static final int FEWEST_CLIENTS = 16;

  /**
   * Clients have what the pools leave, but half of what is to be shared at the least: a client of
   * HTTP/1 asks for one connection to an upstream at a time, so pools that are larger than that are
   * filled by many requests of few clients, if ever.
   *
   * @param asked connections of clients that are to be held; 0 for what fits
   */
  static FilePlan of(long limit, long open, long upstreams, int asked) {
    long left = Math.max(0, limit - open);
    long kept = Math.max(left / 10, Math.min(256, left / 4));
    long shared = left - kept;
    long fitting = Math.max(shared - upstreams, shared / 2);
    int clients = asked > 0 ? asked : Math.clamp(fitting, FEWEST_CLIENTS, Integer.MAX_VALUE);
    return new FilePlan(limit, open, kept, upstreams, clients);
  }

  /** All of it at once. */
  public long wanted() {
    return open + kept + upstreams + clients;
  }

  public boolean fits() {
    return wanted() <= limit;
  }

  /** For the log, where it does not fit. */
  public String problem() {
    return ("open files: %d (expected: %d or more, for %d connections of clients, %d to upstreams,"
            + " %d open at start and %d for everything else); at the limit connections fail."
            + " Raise it (ulimit -n, LimitNOFILE), or lower connections of upstreams or"
            + " banyan.edge.connections")
        .formatted(limit, wanted(), clients, upstreams, open, kept);
  }
}
