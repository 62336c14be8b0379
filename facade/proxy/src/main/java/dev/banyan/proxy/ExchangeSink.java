package dev.banyan.proxy;

/**
 * Where the data plane leaves what it saw. Called on event loops: must return at once and never
 * throw.
 */
public interface ExchangeSink {
  /** Each request once, when its answer has ended or failed. */
  void served(ServedExchange exchange);

  /** Each request, and each connection, that goes no further than the facade. */
  default void refused(RefusedRequest refused) {}

  /** Whether trace ids are to be told apart for spans; asked once. */
  default TracePolicy tracing() {
    return TracePolicy.PASS_ON;
  }

  /** Each copy once: compared-to-be, or skipped with its reason. */
  void shadowed(ShadowedExchange exchange);

  /** Each write once that was to be carried out by the migrated side after legacy. */
  default void written(MirroredWrite write) {}

  /** Each request once that was to be sent to legacy once more. */
  default void repeated(RepeatedExchange exchange) {}
}
