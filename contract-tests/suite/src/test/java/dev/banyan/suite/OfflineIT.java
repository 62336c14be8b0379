package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.banyan.legacy.sample.SampleLegacy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no running facade, as real processes. */
class OfflineIT {
  private static final Path CAPTURES =
      Processes.HOME.resolve("legacy-adapters/sample-legacy/captures");

  @TempDir Path folder;

  @Test
  void theCapturesOfTheLegacyAreEqualToThemselvesAndTheirHostIsSentAsRecorded() throws Exception {
    Offline compared =
        Offline.run(folder, List.of("compare", CAPTURES.toString(), CAPTURES.toString()));
    assertThat(compared.output()).contains("0 mismatched, 0 incomparable", ", 0 unpaired");
    assertThat(compared.exit()).isZero();

    List<String> hosts = new CopyOnWriteArrayList<>();
    HttpServer server = hostKeeper(hosts);
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Path recording =
          Files.writeString(
              folder.resolve("r.http"), "GET /a HTTP/1.1\r\nHost: shop.example\r\n\r\n");
      List<String> words = List.of("replay", recording.toString(), "--against", url + "," + url);
      Offline recorded = Offline.run(folder, words);
      assertThat(recorded.exit()).as(recorded.output()).isZero();
      assertThat(hosts).containsExactly("shop.example", "shop.example");

      hosts.clear();
      List<String> toTarget = new ArrayList<>(words);
      toTarget.addAll(List.of("--host", "target"));
      assertThat(Offline.run(folder, toTarget).exit()).isZero();
      assertThat(hosts).hasSize(2).allMatch(host -> host.startsWith("127.0.0.1:"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aRecordingOfTheLegacyReplayedAgainstItselfMatches() throws Exception {
    Path recording = Files.writeString(folder.resolve("t.http"), CatalogTraffic.recording());
    try (SampleLegacy legacy = SampleLegacy.start(SampleLegacy.Options.defaults())) {
      String url = legacy.uri().toString();

      Offline ran =
          Offline.run(
              folder,
              List.of(
                  "replay",
                  recording.toString(),
                  "--against",
                  url + "," + url,
                  "--profile",
                  "dotnet-json"));

      assertThat(ran.output()).contains(CatalogTraffic.REQUESTS + " matched", "0 mismatched");
      assertThat(ran.exit()).isZero();
    }
  }

  private static HttpServer hostKeeper(List<String> hosts) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          hosts.add(exchange.getRequestHeaders().getFirst("Host"));
          byte[] body = "same".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
