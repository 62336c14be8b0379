package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.app.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders are created on one side, and after that on the other one, which is killed again and again
 * and whose connections are cut: facade, both sides and their database are real processes.
 */
class AfterSuccessWritesIT {
  private static final int ORDERS = Integer.getInteger("banyan.writes.orders", 400);
  private static final int KILLS = Integer.getInteger("banyan.writes.kills", 3);
  private static final int LOST = 10;
  private static final Duration GENEROUS = Duration.ofMinutes(2);

  @Test
  void whatLegacyCreatedIsCreatedOnceOrToldToBeMissing(@TempDir Path folder) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder.resolve("orders-data"));
        Orders legacy = Orders.start(folder, OrderTables.create(database, "legacy"));
        Orders module = Orders.start(folder, OrderTables.create(database, "module"));
        CuttingRelay relay = new CuttingRelay(module.port(), 20);
        Facade facade = Facade.start(own(folder), rules(legacy.port(), relay.port()))) {
      OrderClients clients = new OrderClients(facade.port(), "");
      int each = ORDERS / (KILLS + 1);
      for (int kill = 0; kill <= KILLS; kill++) {
        int from = kill * each;
        Thread writing = Thread.ofVirtual().start(() -> create(clients, from, from + each));
        if (kill < KILLS) {
          int enough = from + each / 4;
          Awaitility.await("writes are under way")
              .atMost(GENEROUS)
              .until(() -> clients.answers().size() >= enough * 9 / 10);
          module.kill();
          writing.join();
          module.restart();
        } else {
          writing.join();
        }
      }
      awaitQuiet(facade);

      List<String> created = legacy.tables().customers();
      assertThat(created).hasSizeGreaterThanOrEqualTo(ORDERS * 9 / 10).doesNotHaveDuplicates();
      assertThat(created).containsAll(clients.answers().keySet());
      assertThat(module.tables().customers()).isEqualTo(created);
      assertThat(module.tables().published()).isEqualTo(created);
      JsonNode counts = facade.read("/api/v1/routes/orders/writes").path("counts");
      assertThat(counts.path("arrived").path("2xx").asInt()).isEqualTo(created.size());
      assertThat(counts.has("given-up") || counts.has("unknown")).isFalse();
      assertThat(relay.cuts()).isPositive();
      System.out.printf(
          "after success: %d orders, %d kills, %d connections cut%n",
          created.size(), KILLS, relay.cuts());

      whatIsMissingIsCountedAndShown(facade, module);
    }
  }

  private static void whatIsMissingIsCountedAndShown(Facade facade, Orders module)
      throws Exception {
    List<String> before = module.tables().customers();
    module.kill();
    // Numbers of clients that stay.
    new OrderClients(facade.port(), "X-Patience: little\r\n").create("lost", 0, LOST);
    awaitQuiet(facade);
    module.restart();

    JsonNode writes = facade.read("/api/v1/routes/orders.impatient/writes");
    int givenUp = 0;
    for (JsonNode count : writes.path("counts").path("given-up")) {
      givenUp += count.asInt();
    }
    assertThat(givenUp).as("%s", writes).isEqualTo(LOST);
    assertThat(writes.path("missing")).hasSize(LOST);
    assertThat(writes.path("missing").get(0).path("outcome").asText()).isEqualTo("given-up");
    assertThat(facade.call("GET", "/q/metrics", "").body())
        .contains("banyan_mirrored_writes_total{route=\"orders.impatient\",outcome=\"given-up\"");
    assertThat(module.tables().customers()).isEqualTo(before);
  }

  private static void create(OrderClients clients, int from, int to) {
    try {
      clients.create("order", from, to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Clients that left have left requests behind; looked at for a while, as one becomes the other.
   */
  private static void awaitQuiet(Facade facade) {
    Awaitility.await("no request and no write is under way")
        .atMost(GENEROUS)
        .during(Duration.ofMillis(300))
        .until(() -> underWay(facade) == 0);
  }

  private static long underWay(Facade facade) throws IOException, InterruptedException {
    return facade.figure("banyan_mirrored_writes_pending")
        + facade.figure("banyan_requests_in_flight");
  }

  private static Path own(Path folder) throws IOException {
    return Files.createDirectories(folder.resolve("facade"));
  }

  private static String rules(int legacy, int module) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          orders: { url: http://127.0.0.1:%d }
        routes:
          - id: orders
            match: { path: /Orders.ashx }
            legacy: legacy
            migrated: orders
            stage: shadow
            shadow: { writes: after-success, retry-for: 5m }
          - id: orders.impatient
            match: { path: /Orders.ashx, headers: { X-Patience: little } }
            legacy: legacy
            migrated: orders
            stage: shadow
            shadow: { writes: after-success, retry-for: 1s }
        """
        .formatted(legacy, module);
  }
}
