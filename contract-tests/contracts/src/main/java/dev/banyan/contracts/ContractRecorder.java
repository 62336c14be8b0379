package dev.banyan.contracts;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.CompareProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Selects from observed exchanges what a contract needs: one interaction per distinct request,
 * bounded in count and bytes; where a request was seen again with another answer, the places that
 * differ become volatile. Thread-safe.
 *
 * <p>Credentials never get into a contract: see {@link KeptHeaders} and {@link Secrets}. Until the
 * recording ends, requests are held as they came, so that they can be sent again.
 */
public final class ContractRecorder {
  /** Bytes of all kept bodies, headers and targets, at the most. */
  public static final long MAX_BYTES = 16L << 20;

  private final String routeId;
  private final CompareProfile profile;
  private final Comparer comparer;
  private final int limit;
  private final long maxBytes;
  private final Map<RequestKey, Sighting> sightings = new LinkedHashMap<>();
  private final Map<LeftOut, Long> leftOut = new EnumMap<>(LeftOut.class);
  private long bytes;
  private boolean finished;

  /**
   * Starts a recording that keeps {@code limit} distinct requests at the most.
   *
   * @param profile by which the contract will be verified: places are named as it sees them. What
   *     its tolerances accept is volatile all the same, as they may end
   */
  public static ContractRecorder start(String routeId, CompareProfile profile, int limit) {
    return new ContractRecorder(routeId, profile, limit, MAX_BYTES);
  }

  ContractRecorder(String routeId, CompareProfile profile, int limit, long maxBytes) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
    }
    this.routeId = routeId;
    this.profile = profile;
    this.comparer = Comparer.of(profile.withTolerances(List.of()));
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  /** Looks at one exchange of a client with legacy; never throws, never blocks for long. */
  public void offer(RequestCopy request, Observation answer) {
    Look look = Look.at(request, answer);
    synchronized (this) {
      if (!finished) {
        switch (look) {
          case Look.Kept kept -> keep(RequestKey.of(request), kept);
          case Look.Left(LeftOut why) -> count(why);
        }
      }
    }
  }

  /**
   * Looks at what legacy answered when a request was sent to it once more. A request that is not
   * kept is passed over.
   */
  public void askedAgain(RequestCopy original, Observation answer) {
    Look look = Look.at(original, answer);
    synchronized (this) {
      Sighting known = sightings.get(RequestKey.of(original));
      if (finished || known == null) {
        return;
      }
      switch (look) {
        case Look.Kept kept -> {
          if (!known.askedAgain(kept.answer(), comparer)) {
            count(LeftOut.OTHER_ANSWER);
          }
        }
        case Look.Left(LeftOut why) -> count(why);
      }
    }
  }

  /** Distinct requests kept so far. */
  public synchronized int size() {
    return sightings.size();
  }

  /**
   * The kept requests that change nothing, to be sent once more: with the credentials and the Host
   * that they came with. Empty once the recording has ended.
   */
  public synchronized List<RequestCopy> toAskAgain() {
    return sightings.values().stream().map(Sighting::original).flatMap(Optional::stream).toList();
  }

  /** How often something that was looked at is not in the contract. */
  public synchronized Map<LeftOut, Long> leftOut() {
    return new EnumMap<>(leftOut);
  }

  /** Ends the recording; what is offered from now on is not looked at. */
  public synchronized Contract finish(Instant at) {
    Map<String, Integer> names = new LinkedHashMap<>();
    List<Interaction> interactions = new ArrayList<>();
    for (Sighting sighting : written()) {
      String name = InteractionName.of(sighting.request());
      int count = names.merge(name, 1, Integer::sum);
      interactions.add(sighting.toInteraction(count == 1 ? name : name + " (" + count + ")"));
      sighting.forgetOriginal();
    }
    finished = true;
    return new Contract(routeId, profile.name(), at, interactions);
  }

  /**
   * Requests that differ in their credentials alone are written alike, and two expectations of one
   * request could not both hold: the one with most credentials stands for them.
   */
  private Collection<Sighting> written() {
    Map<RequestKey, RequestKey> most = new LinkedHashMap<>();
    for (RequestKey key : sightings.keySet()) {
      most.merge(
          key.written(),
          key,
          (one, other) -> other.credentials().size() > one.credentials().size() ? other : one);
    }
    if (!finished && most.size() < sightings.size()) {
      leftOut.merge(LeftOut.FEWER_CREDENTIALS, (long) sightings.size() - most.size(), Long::sum);
    }
    sightings.keySet().retainAll(Set.copyOf(most.values()));
    return most.values().stream().map(sightings::get).toList();
  }

  private void keep(RequestKey key, Look.Kept exchange) {
    Sighting known = sightings.get(key);
    if (known == null && sightings.size() >= limit) {
      count(LeftOut.LIMIT);
    } else if (bytes + exchange.size() > maxBytes) {
      count(LeftOut.BYTES);
    } else if (known == null) {
      sightings.put(key, new Sighting(exchange));
      bytes += exchange.size();
    } else {
      long before = known.size();
      if (!known.seenAgain(exchange.answer(), comparer)) {
        count(LeftOut.REFUSAL);
      }
      bytes += known.size() - before;
    }
  }

  private void count(LeftOut why) {
    leftOut.merge(why, 1L, Long::sum);
  }
}
