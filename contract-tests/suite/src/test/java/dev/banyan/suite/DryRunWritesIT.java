package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.app.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders are created on one side, and each creation is rehearsed on the other one: facade, both
 * sides and their database are real processes, and connections are cut on both sides of the facade.
 */
class DryRunWritesIT {
  private static final int REHEARSALS = Integer.getInteger("banyan.writes.rehearsals", 1000);
  private static final int AT_ONCE = 200;
  private static final Pattern ADMITTED =
      Pattern.compile("banyan_shadow_requests_total\\{outcome=\"admitted\",?} ([0-9.]+)");

  @Test
  void aThousandMirroredCreationsLeaveNothingAndAnswerWhatTheyWouldHaveDone(@TempDir Path folder)
      throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.in(folder.resolve("orders-data"));
        Orders legacy = Orders.start(folder, OrderTables.create(database, "legacy"));
        Orders module = Orders.start(folder, OrderTables.create(database, "module"));
        CuttingRelay relay = new CuttingRelay(module.port(), 20);
        Facade facade = Facade.start(own(folder), rules(legacy.port(), relay.port()))) {
      List<String> before = module.tables().dump();
      long lastNumber = module.tables().lastNumber();

      OrderClients clients = new OrderClients(facade.port(), "");
      int sent = 0;
      while (admitted(module) < REHEARSALS) {
        assertThat(sent).as("creations that it takes").isLessThan(5 * REHEARSALS);
        clients.create("order", sent, sent + AT_ONCE);
        sent += AT_ONCE;
      }
      Await.until(
          () -> !module.tables().isBusy() && facade.figure("banyan_shadows_in_flight") == 0,
          "no copy is under way");

      assertThat(module.tables().dump()).isEqualTo(before);
      assertThat(module.tables().lastNumber()).isGreaterThan(lastNumber);
      assertThat(relay.cuts()).isGreaterThanOrEqualTo(REHEARSALS / 25);
      assertThat(legacy.tables().customers()).containsAll(clients.answers().keySet());
      assertThat(clients.answers().values()).allMatch(answer -> answer.startsWith("HTTP/1.1 201"));
      JsonNode evidence = facade.read("/api/v1/routes/orders/evidence");
      assertThat(evidence.path("matched").asInt() + evidence.path("tolerated").asInt())
          .as("rehearsals answered as legacy answered, but for the number")
          .isGreaterThanOrEqualTo(REHEARSALS * 9 / 10);
      // What is a mismatch is a copy that was cut, and nothing else.
      for (JsonNode signature :
          facade.read("/api/v1/routes/orders/mismatches").path("signatures")) {
        if (signature.path("standing").asText().equals("mismatch")) {
          assertThat(signature.path("location").asText())
              .as("%s", signature)
              .isEqualTo("candidate");
        }
      }
      aRealCreationIsAnsweredLikeARehearsedOne(legacy, module, before);
      System.out.printf(
          "dry runs: %d creations, %d rehearsed, %d copies cut, %d answered alike%n",
          sent,
          admitted(module),
          relay.cuts(),
          evidence.path("matched").asInt() + evidence.path("tolerated").asInt());
    }
  }

  private static void aRealCreationIsAnsweredLikeARehearsedOne(
      Orders legacy, Orders module, List<String> before) throws Exception {
    OrderClients ofLegacy = new OrderClients(legacy.port(), "");
    OrderClients ofModule = new OrderClients(module.port(), "");
    ofLegacy.create("real", 0, 1);
    ofModule.create("real", 0, 1);
    assertThat(OrderClients.withoutNumber(ofModule.answers().get("real-0")))
        .isEqualTo(OrderClients.withoutNumber(ofLegacy.answers().get("real-0")));
    // It is the one order and the one event that the module has.
    assertThat(module.tables().customers()).containsExactly("real-0");
    assertThat(module.tables().published()).containsExactly("real-0");
    assertThat(module.tables().dump()).hasSize(before.size() + 2).containsAll(before);
  }

  private static long admitted(Orders module) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI metrics = URI.create("http://127.0.0.1:" + module.port() + "/q/metrics");
      Matcher count =
          ADMITTED.matcher(
              http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body());
      return count.find() ? (long) Double.parseDouble(count.group(1)) : 0;
    }
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
        profiles:
          orders:
            extends: dotnet-json
            tolerate:
              - { name: number, at: $.d.OrderID, kind: value, owner: orders, reason: two sequences }
              - { name: place, at: header.location, kind: value, owner: orders, reason: two sequences }
        routes:
          - id: orders
            match: { path: /Orders.ashx }
            legacy: legacy
            migrated: orders
            stage: shadow
            shadow: { writes: dry-run }
            compare: orders
        """
        .formatted(legacy, module);
  }
}
