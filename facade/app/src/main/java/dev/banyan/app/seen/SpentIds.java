package dev.banyan.app.seen;

import io.opentelemetry.sdk.trace.IdGenerator;

/** Gives a span the ids that have gone over the wire already. For one thread. */
final class SpentIds implements IdGenerator {
  private String trace = "";
  private String span = "";

  void next(String traceId, String spanId) {
    trace = traceId;
    span = spanId;
  }

  @Override
  public String generateTraceId() {
    return trace;
  }

  @Override
  public String generateSpanId() {
    return span;
  }
}
