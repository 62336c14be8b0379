package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The edge is tested case by case where the data plane is; here a few of these cases meet the
 * program as it is started, since what it runs in sets properties that the libraries below read.
 */
class PackagedEdgeIT {
  @TempDir static Path folder;
  private static NamedUpstream legacy;
  private static Facade facade;

  @BeforeAll
  static void start() throws Exception {
    legacy = new NamedUpstream("legacy");
    facade =
        Facade.start(
            folder,
            """
            version: 1
            upstreams: { legacy: { url: "http://127.0.0.1:%d" } }
            routes: [ { id: rest, match: { path: /** }, legacy: legacy } ]
            """
                .formatted(legacy.port()),
            Map.of());
  }

  @AfterAll
  static void stop() {
    facade.close();
    legacy.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET /c HTTP/1.1, 200",
    "GET /c http/1.1, 505",
    "GET /c HTTP/1.2, 505",
    "GET /c HTTP/2.0, 505",
    "' GET /c HTTP/1.1', 400",
    "GET c HTTP/1.1, 400",
    "GET /c%00 HTTP/1.1, 400",
    "GET /a%252e%252e/c HTTP/1.1, 400",
    "CONNECT 127.0.0.1:22 HTTP/1.1, 405"
  })
  void oddRequestLinesMeetTheSameEdge(String line, int status) throws Exception {
    byte[] request =
        (line + "\r\nHost: h.test\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(RawExchange.send(facade.port(), request, "GET").statusLine())
        .startsWith("HTTP/1.1 " + status + " ");
  }
}
