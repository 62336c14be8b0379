package dev.banyan.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A facade as a real process, with its admin side at hand. */
final class Facade implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Map<String, String> environment;
  private final int port = Processes.freePort();
  private final int adminPort = Processes.freePort();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile Process process;

  /**
   * @param folder kept between restarts: rules, data and output
   */
  private Facade(Path folder, Map<String, String> environment) throws IOException {
    this.folder = folder;
    this.environment = environment;
    this.process = launch();
  }

  static Facade start(Path folder, String rules) throws IOException, InterruptedException {
    return start(folder, rules, Map.of());
  }

  static Facade start(Path folder, String rules, Map<String, String> environment)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("rules.yaml"), rules);
    Facade facade = new Facade(folder, environment);
    facade.awaitReady();
    return facade;
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  Path rules() {
    return folder.resolve("rules.yaml");
  }

  /** Ends the process as the kernel would, and starts it anew on the same data. */
  void killAndRestart() throws IOException, InterruptedException {
    kill();
    restart();
  }

  /** Ends the process as the kernel would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it anew on the same data. */
  void restart() throws IOException, InterruptedException {
    process = launch();
    awaitReady();
  }

  private Process launch() throws IOException {
    return Processes.start(
        Processes.jar("facade/app/target/quarkus-app/quarkus-run.jar"),
        folder.resolve("facade.out"),
        java.util.List.of(
            "--rules", rules().toString(),
            "--port", Integer.toString(port),
            "--admin-port", Integer.toString(adminPort),
            "--data", folder.resolve("data").toString()),
        environment);
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + Processes.START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (http.send(
                    HttpRequest.newBuilder(admin("/q/health/ready")).build(),
                    BodyHandlers.discarding())
                .statusCode()
            == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It is still starting.
      }
      Processes.pause();
    }
    throw new IOException("not ready:\n" + Files.readString(folder.resolve("facade.out")));
  }

  HttpResponse<byte[]> get(String target) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target)).build(),
        BodyHandlers.ofByteArray());
  }

  /** One of its metrics that has no labels; it must be there. */
  long figure(String name) throws IOException, InterruptedException {
    return call("GET", "/q/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric: " + name));
  }

  /** An admin call with nothing that says who asks. */
  int anonymously(String method, String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(admin(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  /** An admin call with the token. */
  HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    return call(method, path, body, "admin-token");
  }

  /** An admin call with the token that this file of the data folder holds. */
  HttpResponse<String> call(String method, String path, String body, String tokenFile)
      throws IOException, InterruptedException {
    String token = Files.readString(folder.resolve("data").resolve(tokenFile)).strip();
    return http.send(
        HttpRequest.newBuilder(admin(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  JsonNode read(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = call("GET", path, "");
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  HttpResponse<String> stage(String routeId, String stage)
      throws IOException, InterruptedException {
    return call(
        "POST",
        "/api/v1/routes/" + routeId + "/stage",
        "{\"to\":\"" + stage + "\",\"override\":true,\"reason\":\"a test says so\"}");
  }

  private URI admin(String path) {
    return URI.create("http://127.0.0.1:" + adminPort + path);
  }

  @Override
  public void close() {
    Processes.stop(process);
    http.close();
  }
}
