package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractYaml;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A legacy that sends strangers to its login, and knows itself by one name, is recorded as seen.
 */
class ProtectedContractIT {
  private static final String RECORDING = "/api/v1/routes/r/contract/recording";

  private final List<String> hosts = new CopyOnWriteArrayList<>();

  @Test
  void theContractExpectsWhatTheClientGotAndNotTheWayToTheLogin(@TempDir Path folder)
      throws Exception {
    HttpServer legacy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    legacy.createContext("/", this::answer);
    legacy.start();
    try (Facade facade = Facade.start(folder, rules(legacy.getAddress().getPort()))) {
      assertThat(facade.call("POST", RECORDING, "{}").statusCode()).isEqualTo(202);
      assertThat(get(facade, "Cookie", "id=s3cr3t").statusCode()).isEqualTo(200);
      assertThat(get(facade, "X-Nothing", "1").statusCode()).isEqualTo(302);
      Await.until(
          () -> facade.read(RECORDING).path("kept").asInt() == 2, "both exchanges are looked at");

      HttpResponse<String> ended = facade.call("DELETE", RECORDING, "");

      Contract contract = ContractYaml.read("r.yaml", ended.body());
      assertThat(contract.interactions()).hasSize(1);
      Contract.Interaction only = contract.interactions().getFirst();
      assertThat(only.expected().status()).isEqualTo(200);
      assertThat(only.volatileAt()).containsExactly("$.served");
      assertThat(ended.body()).doesNotContain("s3cr3t", "Host:");
      assertThat(facade.read(RECORDING).path("leftOut").toString())
          .isEqualTo("{\"fewer-credentials\":1}");
      assertThat(hosts).hasSize(4).containsOnly("127.0.0.1:" + facade.port());
    } finally {
      legacy.stop(0);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers asked = exchange.getRequestHeaders();
      hosts.add(asked.getFirst("Host"));
      if (!asked.containsKey("Cookie")) {
        exchange.getResponseHeaders().set("Location", "/login");
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      byte[] body =
          "{\"id\":7,\"served\":%d}".formatted(hosts.size()).getBytes(StandardCharsets.US_ASCII);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static HttpResponse<Void> get(Facade facade, String name, String value)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI uri = URI.create("http://127.0.0.1:" + facade.port() + "/orders/7");
      return http.send(
          HttpRequest.newBuilder(uri).header(name, value).build(), BodyHandlers.discarding());
    }
  }

  private static String rules(int legacy) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
        routes:
          - { id: r, match: { path: /** }, legacy: legacy }
        """
        .formatted(legacy);
  }
}
