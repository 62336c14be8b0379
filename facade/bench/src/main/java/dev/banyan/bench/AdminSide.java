package dev.banyan.bench;

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

/** The admin REST of a facade under measurement. */
final class AdminSide implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final URI base;
  private final String token;

  /**
   * @param data the facade's folder
   */
  AdminSide(Path data) throws IOException {
    base = URI.create(Files.readString(data.resolve("admin-url")).strip() + "/");
    token = Files.readString(data.resolve("admin-token")).strip();
  }

  JsonNode evidence(String route) throws IOException, InterruptedException {
    return mapper.readTree(
        send(HttpRequest.newBuilder(uri("/api/v1/routes/" + route + "/evidence"))).body());
  }

  /** Reads the rules again; the status of the answer. */
  int reload() throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri("/api/v1/rules/reload")).POST(BodyPublishers.noBody()))
        .statusCode();
  }

  private URI uri(String path) {
    return base.resolve(path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(
        request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
  }
}
