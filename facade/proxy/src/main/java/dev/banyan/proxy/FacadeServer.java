package dev.banyan.proxy;

import dev.banyan.rules.RoutingTable;
import java.util.function.Supplier;

/** The listening facade: one HTTP server per event loop, all on one port. */
public final class FacadeServer implements AutoCloseable {
  private FacadeServer() {}

  /** Listens; returns when the port is open. */
  public static FacadeServer start(
      FacadeSettings settings, Supplier<RoutingTable> tables, ExchangeSink sink) {
    throw new UnsupportedOperationException(settings + "" + tables + sink);
  }

  /** The port that was opened; useful where 0 was asked for. */
  public int port() {
    throw new UnsupportedOperationException();
  }

  /** Copies that are waiting for their answer at this moment. */
  public int shadowsInFlight() {
    throw new UnsupportedOperationException();
  }

  /** Stops listening and cuts what is still running. */
  @Override
  public void close() {}
}
