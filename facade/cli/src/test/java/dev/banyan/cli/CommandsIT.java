package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsIT {
  private record Prepared(int status, String body) {}

  private record Run(int code, String out, String err) {}

  @TempDir Path data = Path.of("");

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer server;

  private final Map<String, Prepared> answers = new ConcurrentHashMap<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          var key = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          var answer =
              answers.getOrDefault(key, new Prepared(404, "{\"title\":\"no " + key + "\"}"));
          if (!"Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer = new Prepared(401, "");
          }
          var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    Files.writeString(data.resolve("admin-token"), "secret\n");
    Files.writeString(
        data.resolve("admin-url"), "http://127.0.0.1:" + server.getAddress().getPort() + "\n");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Run run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    var out = new StringWriter();
    var err = new StringWriter();
    var code =
        Banyan.commandLine(new PrintWriter(out), new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void routesAreShownAsTableAndAsReceived() {
    var body = "{\"routes\":[{\"id\":\"a\",\"stage\":\"shadow\",\"requests\":7}]}";
    answers.put("GET /api/v1/routes", new Prepared(200, body));

    assertThat(run("routes").out()).contains("a ", "shadow", "7");
    assertThat(run("routes", "--json").out()).isEqualToIgnoringNewLines(body);
  }

  @Test
  void escapeSequencesFromAnswersAreInert() {
    answers.put(
        "GET /api/v1/routes",
        new Prepared(200, "{\"routes\":[{\"id\":\"x\\u001b[2J\",\"stage\":\"live\"}]}"));

    assertThat(run("routes").out()).doesNotContain("\u001b").contains("x\\u001b[2J");
  }

  @Test
  void refusalShowsItsReasonsAndExitsWithOne() {
    answers.put(
        "POST /api/v1/routes/a/stage",
        new Prepared(
            422, "{\"title\":\"Refused\",\"detail\":\"by the gate\",\"reasons\":[\"too few\"]}"));

    var run = run("promote", "a", "--to", "live");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Refused (422)", "by the gate", "  - too few");
    assertThat(bodies).last().asString().contains("\"to\":\"live\"");
  }

  @Test
  void wrongTokenNamesItsFile() throws IOException {
    Files.writeString(data.resolve("admin-token"), "other");

    var run = run("routes");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("401", data.resolve("admin-token").toString());
  }

  @Test
  void missingFacadeTellsWhatWasTried() throws IOException {
    server.stop(0);
    assertThat(run("routes").err()).contains("connection refused", "Cure:");

    Files.delete(data.resolve("admin-url"));
    var run = run("routes");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("No running facade found", "Cure:");
  }

  @Test
  void wrongUsageExitsWithTwo() {
    assertThat(run("promote").code()).isEqualTo(2);
    assertThat(run("rollback").code()).isEqualTo(2);
  }
}
