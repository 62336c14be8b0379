package dev.banyan.proxy;

/**
 * The port that all event loops share: known from the start, or found by the first that listens.
 */
final class SharedPort {
  private volatile int port;

  SharedPort(int wanted) {
    port = wanted;
  }

  int port() {
    return port;
  }

  void opened(int actual) {
    port = actual;
  }
}
