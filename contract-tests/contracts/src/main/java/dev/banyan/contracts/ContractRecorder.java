package dev.banyan.contracts;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Bodies;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Selects from observed exchanges what a contract needs: one interaction per distinct request,
 * bounded in count and bytes; where a request was seen again with another answer, the places that
 * differ become volatile. Thread-safe.
 *
 * <p>Credentials never get in: see {@link KeptHeaders} and {@link Secrets}.
 */
public final class ContractRecorder {
  /** Bytes of all kept bodies, headers and targets, at the most. */
  public static final long MAX_BYTES = 16L << 20;

  private final String routeId;
  private final String profile;
  private final int limit;
  private final long maxBytes;
  private final Map<RequestKey, Sighting> sightings = new LinkedHashMap<>();
  private long bytes;
  private long dropped;
  private boolean finished;

  /** Starts a recording that keeps {@code limit} distinct requests at the most. */
  public static ContractRecorder start(String routeId, String profile, int limit) {
    return new ContractRecorder(routeId, profile, limit, MAX_BYTES);
  }

  ContractRecorder(String routeId, String profile, int limit, long maxBytes) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
    }
    this.routeId = routeId;
    this.profile = profile;
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  /** Looks at one exchange with legacy; never throws, never blocks for long. */
  public void offer(RequestCopy request, Observation answer) {
    Optional<Exchange> exchange = Exchange.toKeep(request, answer);
    synchronized (this) {
      if (finished) {
        return;
      }
      if (exchange.isEmpty()) {
        dropped++;
        return;
      }
      keep(exchange.get());
    }
  }

  /** Distinct requests kept so far. */
  public synchronized int size() {
    return sightings.size();
  }

  /** The distinct requests kept so far, without credentials: to be sent once more. */
  public synchronized List<RequestCopy> requests() {
    return sightings.values().stream().map(Sighting::request).toList();
  }

  /** Exchanges that were looked at and not kept: over a bound, not whole, or with a secret. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Ends the recording; what is offered from now on is not looked at. */
  public synchronized Contract finish(Instant at) {
    finished = true;
    Map<String, Integer> names = new LinkedHashMap<>();
    List<Interaction> interactions = new ArrayList<>();
    for (Sighting sighting : sightings.values()) {
      String name = InteractionName.of(sighting.request());
      int count = names.merge(name, 1, Integer::sum);
      interactions.add(sighting.toInteraction(count == 1 ? name : name + " (" + count + ")"));
    }
    return new Contract(routeId, profile, at, interactions);
  }

  private void keep(Exchange exchange) {
    Sighting known = sightings.get(RequestKey.of(exchange.request()));
    if (known != null && bytes + exchange.size() <= maxBytes) {
      long before = known.size();
      known.seenAgain(exchange.answer());
      bytes += known.size() - before;
    } else if (known == null && sightings.size() < limit && bytes + exchange.size() <= maxBytes) {
      sightings.put(
          RequestKey.of(exchange.request()), new Sighting(exchange.request(), exchange.answer()));
      bytes += exchange.size();
    } else {
      dropped++;
    }
  }

  /** A request and its answer, reduced to what may be written. */
  record Exchange(RequestCopy request, Observation.Answered answer) {
    private static final int NOT_MODIFIED = 304;

    static Optional<Exchange> toKeep(RequestCopy request, Observation answer) {
      if (!(answer instanceof Observation.Answered answered)
          || answered.status() == NOT_MODIFIED
          || !(answered.body() instanceof Body.Whole)
          || !(request.body() instanceof Body.Whole asked)
          || Secrets.inTarget(request.target())
          || Secrets.inRequest(asked)) {
        return Optional.empty();
      }
      Observation.Answered plain = Bodies.decoded(answered);
      if (!(plain.body() instanceof Body.Whole content)
          || Secrets.inAnswer(content)
          || plain.headers().values("location").stream().anyMatch(Secrets::inTarget)) {
        return Optional.empty();
      }
      return Optional.of(
          new Exchange(
              new RequestCopy(
                  request.method(),
                  request.target(),
                  KeptHeaders.ofRequest(request.headers()),
                  asked),
              new Observation.Answered(
                  plain.status(),
                  KeptHeaders.ofAnswer(plain.headers()),
                  content,
                  Headers.NONE,
                  Duration.ZERO,
                  Duration.ZERO)));
    }

    long size() {
      return Sighting.size(request, answer);
    }
  }
}
