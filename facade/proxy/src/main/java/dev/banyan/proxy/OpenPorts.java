package dev.banyan.proxy;

import java.util.OptionalInt;

/** The ports that were opened, which the event loops share. */
final class OpenPorts {
  private volatile int plain;
  private volatile int tls = -1;

  void plain(int port) {
    plain = port;
  }

  void tls(int port) {
    tls = port;
  }

  int plain() {
    return plain;
  }

  OptionalInt tls() {
    return tls < 0 ? OptionalInt.empty() : OptionalInt.of(tls);
  }
}
