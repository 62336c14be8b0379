package dev.banyan.proxy;

import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Observation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sink that keeps everything. */
final class KeptExchanges implements ExchangeSink {
  private final List<ServedExchange> served = new CopyOnWriteArrayList<>();
  private final List<RefusedRequest> refused = new CopyOnWriteArrayList<>();
  private final List<ShadowedExchange> shadowed = new CopyOnWriteArrayList<>();
  private final List<RepeatedExchange> repeated = new CopyOnWriteArrayList<>();

  private final List<MirroredWrite> written = new CopyOnWriteArrayList<>();

  @Override
  public void served(ServedExchange exchange) {
    served.add(exchange);
  }

  @Override
  public void refused(RefusedRequest one) {
    refused.add(one);
  }

  @Override
  public void shadowed(ShadowedExchange exchange) {
    shadowed.add(exchange);
  }

  @Override
  public void repeated(RepeatedExchange exchange) {
    repeated.add(exchange);
  }

  @Override
  public void written(MirroredWrite write) {
    written.add(write);
  }

  List<MirroredWrite> written() {
    return written;
  }

  /** The first write, once it is over. */
  MirroredWrite firstWrite() {
    await().until(() -> !written.isEmpty());
    return written.getFirst();
  }

  List<RepeatedExchange> repeated() {
    return repeated;
  }

  List<RefusedRequest> refused() {
    return refused;
  }

  List<ServedExchange> served() {
    return served;
  }

  List<ShadowedExchange> shadowed() {
    return shadowed;
  }

  /** The first exchange, once it has come. */
  ServedExchange first() {
    await().until(() -> !served.isEmpty());
    return served.getFirst();
  }

  String firstFailure() {
    return first().control() instanceof Observation.Failed failed ? failed.failure() : "none";
  }

  ShadowedExchange firstShadow() {
    await().until(() -> !shadowed.isEmpty());
    return shadowed.getFirst();
  }
}
