package dev.banyan.proxy;

import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps a faulty sink away from live requests: it is told of once, and never seen by a client. */
final class SafeSink implements ExchangeSink {
  private final ExchangeSink sink;
  private final AtomicBoolean told = new AtomicBoolean();

  SafeSink(ExchangeSink sink) {
    this.sink = sink;
  }

  @Override
  public void served(ServedExchange exchange) {
    try {
      sink.served(exchange);
    } catch (RuntimeException faulty) {
      tell(faulty);
    }
  }

  @Override
  public void shadowed(ShadowedExchange exchange) {
    try {
      sink.shadowed(exchange);
    } catch (RuntimeException faulty) {
      tell(faulty);
    }
  }

  private void tell(RuntimeException faulty) {
    if (told.compareAndSet(false, true)) {
      System.getLogger(SafeSink.class.getName())
          .log(System.Logger.Level.ERROR, "the sink of observations failed; told once", faulty);
    }
  }
}
