package dev.banyan.modulekit.idempotency;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is kept.
 *
 * @param headers one {@code name: value} a line
 */
@SuppressWarnings("ArrayRecordComponent") // Carried from a row to a response, never compared.
record StoredAnswer(int status, String headers, byte @Nullable [] body) {

  /**
   * @throws IllegalStateException where the entity is an object that is yet to be written
   */
  static StoredAnswer of(Response answer) {
    Object entity = answer.getEntity();
    byte[] body =
        switch (entity) {
          case null -> null;
          case byte[] bytes -> bytes;
          case String text -> text.getBytes(StandardCharsets.UTF_8);
          default ->
              throw new IllegalStateException(
                  "answer: "
                      + entity.getClass().getName()
                      + " (expected: text, bytes or nothing, since @Idempotent keeps it in the"
                      + " transaction of its effect)");
        };
    return new StoredAnswer(answer.getStatus(), lines(answer.getStringHeaders()), body);
  }

  private static String lines(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value))
        .collect(Collectors.joining("\n"));
  }

  Response toResponse() {
    Response.ResponseBuilder answer = Response.status(status).entity(body);
    headers
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(header -> answer.header(header[0], header[1]));
    return answer.header("Idempotent-Replayed", "true").build();
  }
}
