package dev.banyan.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * HTTP/1.1 keep-alive load on one path, made on the calling thread, over connections of its own.
 *
 * <p>Closed: every connection asks again as soon as it is answered. Paced: requests are due at a
 * fixed rate whatever the answers do, and latency counts from the due moment, so that a stall is
 * seen by all the requests it delays (coordinated omission, see HdrHistogram's documentation).
 */
final class HttpLoad {
  /** Of a paced round's begin no latency is told: there the connections are being accepted. */
  private static final Duration SETTLING = Duration.ofMillis(300);

  private final int port;
  private final String path;
  private final int connections;

  HttpLoad(int port, String path, int connections) {
    this.port = port;
    this.path = path;
    this.connections = connections;
  }

  LoadResult closed(Duration duration) throws IOException {
    try (LoadConnections open = new LoadConnections(port, connections)) {
      return open.closed(path, duration);
    }
  }

  LoadResult paced(Duration duration, double perSecond) throws IOException {
    try (LoadConnections open = new LoadConnections(port, connections)) {
      return open.paced(path, duration, perSecond, SETTLING);
    }
  }
}
