package dev.banyan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Asks the admin port. Every answer but a success is a {@link CommandFailed} with its cure. */
public final class AdminClient implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps numbers as they were written, so that what is shown is what was answered. */
  static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** An answer: its text as received, and the same as a tree (missing where it is not JSON). */
  public record Answer(String text, JsonNode tree) {}

  private final Connection.Place place;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  AdminClient(Connection.Place place) {
    this.place = place;
  }

  /** A client for a facade started by this process. */
  public static AdminClient of(URI url, String token, String tokenFrom) {
    return new AdminClient(new Connection.Place(url, "the demo", token, tokenFrom));
  }

  /** Asks; the answer is a JSON object. */
  public Answer get(String path) {
    return object(send("GET", path, null));
  }

  /** Tells; the answer is a JSON object. */
  public Answer post(String path, Object body) {
    return object(send("POST", path, body));
  }

  /** Whatever else listens at that place must not look like a facade without routes. */
  private Answer object(Answer answer) {
    if (answer.tree().isObject()) {
      return answer;
    }
    throw new CommandFailed(
        "Something answers at the admin URL, but it is not Banyan's admin port.",
        "Tried: " + place.url() + " (from " + place.urlFrom() + ").",
        "Cure: name the admin port (9000 unless --admin-port said otherwise), not the data plane's,"
            + " with --admin URL or --data DIR.");
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /** A text as one path segment or query value. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public static String route(String id) {
    return "/api/v1/routes/" + encoded(id);
  }

  private Answer send(String method, String path, @Nullable Object body) {
    try {
      var publisher =
          body == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofString(JSON.writeValueAsString(body));
      var request =
          HttpRequest.newBuilder(URI.create(place.url() + path))
              .timeout(Duration.ofSeconds(60))
              .header("Authorization", "Bearer " + place.token())
              .header("Accept", "application/json, application/problem+json, application/yaml")
              .header("Content-Type", "application/json")
              .method(method, publisher)
              .build();
      return judged(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new CommandFailed(
          "The facade's admin port does not answer: " + reason(e) + ".",
          "Tried: " + place.url() + " (from " + place.urlFrom() + ").",
          "Cure: is the facade running? Start it with ./banyan run --rules FILE, or name the right"
              + " one with --admin URL or --data DIR.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("Interrupted.");
    }
  }

  private static String reason(IOException e) {
    if (e.getCause() instanceof UnresolvedAddressException
        || (e.getCause() != null
            && e.getCause().getCause() instanceof UnresolvedAddressException)) {
      return "unknown host";
    }
    if (e instanceof ConnectException) {
      return "connection refused";
    }
    var message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private Answer judged(HttpResponse<String> response) {
    var tree = tree(response.body());
    if (response.statusCode() / 100 == 2) {
      return new Answer(response.body(), tree);
    }
    var lines = new ArrayList<String>();
    if (response.statusCode() == 401) {
      lines.add("The admin port does not accept the token (401).");
      lines.add("Tried: " + place.url() + " with the token from " + place.tokenFrom() + ".");
      lines.add("Cure: --token-file FILE, or --data DIR with the data folder of this facade.");
    } else {
      lines.addAll(ProblemLines.of(response.statusCode(), tree));
    }
    throw new CommandFailed(tree.isObject() ? response.body() : "", lines);
  }

  private static JsonNode tree(String text) {
    try {
      var tree = JSON.readTree(text);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
