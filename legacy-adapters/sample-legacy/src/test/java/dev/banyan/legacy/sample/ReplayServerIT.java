package dev.banyan.legacy.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayServerIT {
  private static final Path CAPTURES = SampleLegacy.Options.defaults().captures();
  private ReplayServer server;

  @BeforeEach
  void start() throws IOException {
    server = ReplayServer.start(CAPTURES, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyCapturedRequestGetsItsCapturedBytes() throws IOException {
    List<Path> files;
    try (var listing = Files.list(CAPTURES)) {
      files = listing.filter(file -> file.toString().endsWith(".http")).sorted().toList();
    }
    assertThat(files).hasSize(109);

    for (Path file : files) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      int split = text.indexOf("\r\n=== RESPONSE");
      String request = text.substring(text.indexOf("\r\n") + 2, split);
      String recorded = text.substring(text.indexOf("\r\n", split + 2) + 2);
      try (var wire = new Wire(server.uri())) {
        wire.send(request);
        assertThat(wire.read(recorded.length())).as(file.toString()).isEqualTo(recorded);
      }
    }
  }

  @Test
  void oneConnectionCarriesManyExchangesAndEndsWhenAsked() throws IOException {
    try (var wire = new Wire(server.uri())) {
      wire.send("GET /static.html HTTP/1.1\r\nHost: 127.0.0.1:5203\r\nAccept: */*\r\n\r\n");
      wire.send("GET /OrdersDc.ashx HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      assertThat(wire.readToEnd().split("HTTP/1.1 200 OK", -1)).hasSize(3);
    }
  }

  @Test
  void theCallersAuthorityReplacesTheRecordedOneAndTheLengthFollows() throws IOException {
    try (var wire = new Wire(server.uri())) {
      wire.send(
          String.join(
              "\r\n",
              "GET /CatalogService.asmx?WSDL HTTP/1.1",
              "Host: legacy.internal:8080",
              "Connection: close",
              "",
              ""));

      String answer = wire.readToEnd();
      int body = answer.indexOf("\r\n\r\n") + 4;
      assertThat(answer)
          .contains("http://legacy.internal:8080/CatalogService.asmx")
          .doesNotContain("127.0.0.1:5203")
          .contains("Content-Length: " + (answer.length() - body) + "\r\n");
    }
  }

  @Test
  void chunksAreFramedAnewAroundTheCallersAuthority() throws IOException {
    try (var wire = new Wire(server.uri())) {
      wire.send(
          String.join(
              "\r\n",
              "POST /Echo.ashx HTTP/1.1",
              "Host: legacy.internal:8080",
              "Connection: close",
              "Accept: */*",
              "Content-Type: application/x-www-form-urlencoded",
              "Transfer-Encoding: chunked",
              "",
              "5",
              "a=1&b",
              "2",
              "=2",
              "0",
              "",
              ""));

      String body = wire.readToEnd().split("\r\n\r\n", 2)[1];
      int size = Integer.parseInt(body.substring(0, body.indexOf("\r\n")), 16);
      assertThat(body.substring(body.indexOf("\r\n") + 2 + size)).isEqualTo("\r\n0\r\n\r\n");
      assertThat(body).contains("Host: legacy.internal:8080");
    }
  }

  @Test
  void aBodyIsSentOnlyAfterTheInterimAnswer() throws IOException {
    try (var wire = new Wire(server.uri())) {
      wire.send(
          String.join(
              "\r\n",
              "POST /Echo.ashx HTTP/1.1",
              "Host: h",
              "Expect: 100-continue",
              "Connection: close",
              "Content-Type: application/x-www-form-urlencoded",
              "Content-Length: 3",
              "",
              ""));
      assertThat(wire.read(25)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      wire.send("a=1");

      assertThat(wire.readToEnd()).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("100 Continue");
    }
  }

  @Test
  void aRequestNobodyCapturedIsNamedInThe404() throws IOException {
    try (var wire = new Wire(server.uri())) {
      wire.send("PUT /nowhere?x=%2F HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

      assertThat(wire.readToEnd())
          .startsWith("HTTP/1.1 404 ")
          .contains("PUT /nowhere?x=%2F")
          .contains("captures");
    }
  }
}
