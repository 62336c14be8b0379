package dev.banyan.suite;

import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before the replicas as a real balancer does: in turn, those that are ready. A safe request
 * whose connection was refused or reset before any byte of the answer, by a replica that was killed
 * meanwhile, is tried at the next one. Anything else that is not a whole answer is a failure.
 */
final class LoadBalancer implements AutoCloseable {
  private static final long IDLE_NANOS = Duration.ofSeconds(5).toNanos();

  private final List<Replica> replicas;
  private final List<Deque<PlainConnection>> idle;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger triedAgain = new AtomicInteger();

  LoadBalancer(List<Replica> replicas) {
    this.replicas = replicas;
    this.idle =
        replicas.stream()
            .map(one -> (Deque<PlainConnection>) new ConcurrentLinkedDeque<PlainConnection>())
            .toList();
  }

  /** What a client got, and from whom. */
  record Answer(Replica replica, int status, String body) {}

  /** How many requests met a replica that was killed, and went to another one. */
  int triedAgain() {
    return triedAgain.get();
  }

  Answer get(String path, String client) throws IOException {
    Set<Integer> tried = new HashSet<>();
    while (tried.size() < replicas.size()) {
      int chosen = next(tried);
      tried.add(chosen);
      Replica replica = replicas.get(chosen);
      int kills = replica.kills().size();
      try {
        return ask(chosen, kills, path, client);
      } catch (PlainConnection.NoAnswer none) {
        if (replica.up() && replica.kills().size() == kills) {
          throw new IOException(replica.name() + ", which nobody killed: " + none, none);
        }
        triedAgain.incrementAndGet();
      }
    }
    throw new IOException("no replica answers");
  }

  private int next(Set<Integer> tried) throws IOException {
    int first = turn.getAndIncrement();
    for (int i = 0; i < replicas.size(); i++) {
      int candidate = Math.floorMod(first + i, replicas.size());
      if (!tried.contains(candidate) && replicas.get(candidate).inRotation()) {
        return candidate;
      }
    }
    throw new IOException(
        tried.isEmpty() ? "no replica is in rotation" : "no replica in rotation answers");
  }

  private Answer ask(int chosen, int generation, String path, String client) throws IOException {
    Replica replica = replicas.get(chosen);
    PlainConnection connection = connection(chosen, generation);
    try {
      PlainConnection.Answer answer = connection.get(path, client);
      idle.get(chosen).push(connection);
      return new Answer(replica, answer.status(), answer.body());
    } catch (IOException failure) {
      connection.close();
      throw failure;
    }
  }

  /** One that is not older than the process it leads to, and has not idled for long. */
  private PlainConnection connection(int chosen, int generation) throws IOException {
    PlainConnection known = idle.get(chosen).poll();
    while (known != null) {
      if (known.generation() == generation && known.idleNanos() < IDLE_NANOS) {
        return known;
      }
      known.close();
      known = idle.get(chosen).poll();
    }
    return new PlainConnection(replicas.get(chosen).facade().port(), generation);
  }

  @Override
  public void close() {
    idle.forEach(connections -> connections.forEach(PlainConnection::close));
  }
}
