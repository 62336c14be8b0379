package dev.banyan.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes of the service, of which one is killed again and again after an event has been
 * delivered and before that has been noted, while clients go on writing.
 */
class KilledOrdersProcessIT {

  private static final int KILLS = 10;
  private static final int WRITERS = 2;
  private static final Duration GENEROUS = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final Map<String, OrdersProcess> alive = new ConcurrentHashMap<>();
  private final AtomicInteger killed = new AtomicInteger();
  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  void eachEventTakesEffectOnceInOrderAndNoOrderIsDoubled() throws Exception {
    try (EmbeddedPostgres postgres = Postgres.start();
        Consumer consumer = Consumer.start(postgres.getJdbcUrl("postgres", "postgres"));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      String database = postgres.getJdbcUrl("postgres", "postgres");
      start(0, database, consumer.uri()); // The first one alone creates the schema.
      Future<?> second = threads.submit(() -> start(1, database, consumer.uri()));
      Future<?> third = threads.submit(() -> start(2, database, consumer.uri()));
      second.get();
      third.get();
      List<Future<Integer>> written = new ArrayList<>();
      for (int at = 0; at < WRITERS; at++) {
        String name = "w" + at;
        written.add(threads.submit(() -> write(name)));
      }

      List<Future<?>> replacements = new ArrayList<>();
      for (int kill = 0; kill < KILLS; kill++) {
        int number = 3 + kill;
        consumer.beforeNextAnswer(source -> kill(source, consumer));
        await().atMost(GENEROUS).until(() -> killed.get() >= number - 2);
        boolean replaced = number <= KILLS; // The last ones are not: one process is left then.
        if (replaced) {
          replacements.add(threads.submit(() -> start(number, database, consumer.uri())));
        }
        int enoughAlive = replaced ? 2 : 1; // Another one may still be starting.
        await().atMost(GENEROUS).until(() -> alive.size() >= enoughAlive);
      }
      for (Future<?> replacement : replacements) {
        replacement.get();
      }
      enough.set(true);

      int orders = 0;
      for (Future<Integer> writer : written) {
        orders += writer.get();
      }
      await().atMost(GENEROUS).until(() -> count(database, PENDING) == 0);
      assertThat(orders).isPositive();
      assertThat(count(database, "select last_value - 10002 from orders.order_ids"))
          .describedAs("numbers given, at least one an order")
          .isGreaterThanOrEqualTo(orders);
      assertThat(count(database, CREATED)).describedAs("orders created").isEqualTo(orders);
      assertThat(count(database, DOUBLED)).describedAs("names with two orders").isZero();
      assertThat(count(database, NOT_DELIVERED)).isZero();
      assertThat(count(database, OUT_OF_ORDER)).isZero();
      assertThat(consumer.deliveries())
          .describedAs("each kill leaves an event that is delivered again")
          .isGreaterThanOrEqualTo((int) count(database, EFFECTS) + KILLS);
      System.out.printf(
          "orders: %d kills, %d orders, %d events took effect, %d deliveries%n",
          KILLS, orders, count(database, EFFECTS), consumer.deliveries());
    } finally {
      alive.values().forEach(OrdersProcess::close);
    }
  }

  private static final String PENDING =
      "select count(*) from orders.outbox where state <> 'delivered'";
  private static final String EFFECTS = "select count(*) from consumer.effects";
  private static final String CREATED =
      "select count(*) from consumer.effects where type = 'OrderCreated'";
  private static final String DOUBLED =
      "select count(*) from (select payload::json ->> 'CustomerName' from orders.outbox"
          + " where type = 'OrderCreated' group by 1 having count(*) > 1) doubled";
  private static final String NOT_DELIVERED =
      "select count(*) from orders.outbox o full join consumer.effects e"
          + " on e.event_id = o.event_id::text where e.event_id is null or o.event_id is null";
  private static final String OUT_OF_ORDER =
      "select count(*) from (select string_agg(type, ' ' order by position) as types"
          + " from consumer.effects group by subject) subjects where types not in"
          + " ('OrderCreated OrderChanged', 'OrderCreated OrderChanged OrderCancelled')";

  private @Nullable Void start(int number, String database, URI target) throws Exception {
    String source = "/orders/" + number;
    alive.put(source, OrdersProcess.start(folder, source, database, target));
    return null;
  }

  private String kill(String source, Consumer consumer) {
    OrdersProcess deliverer = alive.get(source);
    if (deliverer == null) { // It publishes before it listens; the next event may be another's.
      consumer.beforeNextAnswer(next -> kill(next, consumer));
      return source;
    }
    deliverer.kill();
    deliverer.process().onExit().join();
    alive.remove(source);
    killed.incrementAndGet();
    return source;
  }

  private int write(String name) throws InterruptedException {
    Writer writer = new Writer(() -> alive.values().stream().map(OrdersProcess::uri).toList());
    int orders = 0;
    while (!enough.get()) {
      String unused = writer.order(name + "-" + orders, orders % 3 == 0);
      orders++;
      Thread.sleep(50);
    }
    return orders;
  }

  private static long count(String database, String query) throws Exception {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
