package dev.banyan.proxy;

import dev.banyan.proxy.edge.RefusalReason;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The sink, which must not throw, held to it. */
final class GuardedSink {
  private static final Logger LOG = Logger.getLogger(GuardedSink.class.getName());

  private final ExchangeSink sink;
  private final TracePolicy tracing;

  GuardedSink(ExchangeSink sink) {
    this.sink = sink;
    this.tracing = sink.tracing();
  }

  TracePolicy tracing() {
    return tracing;
  }

  void served(ServedExchange exchange) {
    try {
      sink.served(exchange);
    } catch (RuntimeException thrown) {
      LOG.log(Level.FINE, "sink failed: served", thrown);
    }
  }

  void shadowed(ShadowedExchange exchange) {
    try {
      sink.shadowed(exchange);
    } catch (RuntimeException thrown) {
      LOG.log(Level.FINE, "sink failed: shadowed", thrown);
    }
  }

  void repeated(RepeatedExchange exchange) {
    try {
      sink.repeated(exchange);
    } catch (RuntimeException thrown) {
      LOG.log(Level.FINE, "sink failed: repeated", thrown);
    }
  }

  void written(MirroredWrite write) {
    try {
      sink.written(write);
    } catch (RuntimeException thrown) {
      LOG.log(Level.FINE, "sink failed: written", thrown);
    }
  }

  void refused(RefusedRequest refused) {
    try {
      sink.refused(refused);
    } catch (RuntimeException thrown) {
      LOG.log(Level.FINE, "sink failed: refused", thrown);
    }
  }

  /** What was refused before there was a route. */
  void refused(int status, RefusalReason reason) {
    refused(new RefusedRequest(status, reason.word(), null));
  }
}
