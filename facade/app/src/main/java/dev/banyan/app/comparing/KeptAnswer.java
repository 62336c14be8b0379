package dev.banyan.app.comparing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.parity.Bodies;
import dev.banyan.parity.Body;
import dev.banyan.parity.CookieShape;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A masked answer, as far as comparing it once more needs it. Of cookies it has names and
 * attributes.
 *
 * @param messages what the body is where it is no bytes, but messages that were read
 * @param packed the body, by gzip
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and as large as it is
public record KeptAnswer(
    int status,
    List<Headers.Field> headers,
    List<Headers.Field> trailers,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Messages messages,
    byte[] packed) {
  /** Bytes of a packed body; what is larger is not kept, and so cannot be judged again. */
  static final int MAX_PACKED = 8 * 1024;

  private static final int MAX_BODY = 1024 * 1024;
  private static final int MAX_FIELDS = 8 * 1024;

  /**
   * As {@link Body.Messages} has them.
   *
   * @param root how their locations begin
   * @param type full name of their type; empty where there is none
   */
  public record Messages(String root, String type) {}

  static @Nullable KeptAnswer of(Observation observation) {
    if (!(observation instanceof Observation.Answered answered)) {
      return null;
    }
    return switch (answered.body()) {
      case Body.Whole(byte[] bytes) -> of(answered, null, bytes);
      case Body.Messages(String root, String json, String type) ->
          of(answered, new Messages(root, type), json.getBytes(StandardCharsets.UTF_8));
      case Body.TooLarge tooLarge -> null;
      case Body.NotKept notKept -> null;
    };
  }

  private static @Nullable KeptAnswer of(
      Observation.Answered answered, @Nullable Messages messages, byte[] body) {
    List<Headers.Field> headers = withoutValuesOfCookies(answered.headers());
    List<Headers.Field> trailers = withoutValuesOfCookies(answered.trailers());
    int fields =
        Stream.concat(headers.stream(), trailers.stream())
            .mapToInt(field -> field.name().length() + field.value().length())
            .sum();
    if (body.length > MAX_BODY || fields > MAX_FIELDS) {
      return null;
    }
    byte[] packed = pack(body);
    return packed.length > MAX_PACKED
        ? null
        : new KeptAnswer(answered.status(), headers, trailers, messages, packed);
  }

  /** What a comparison looks at. */
  private static List<Headers.Field> withoutValuesOfCookies(Headers headers) {
    return headers.fields().stream()
        .map(
            field ->
                field.name().equalsIgnoreCase("set-cookie")
                    ? new Headers.Field(
                        field.name(), CookieShape.of(List.of(field.value())).getFirst())
                    : field)
        .toList();
  }

  /** The answer once more. */
  Observation answer() {
    byte[] body = unpack(packed);
    return new Observation.Answered(
        status,
        new Headers(headers),
        messages == null
            ? new Body.Whole(body)
            : new Body.Messages(
                messages.root(), new String(body, StandardCharsets.UTF_8), messages.type()),
        new Headers(trailers),
        Duration.ZERO,
        Duration.ZERO);
  }

  /** Whether its headers call the body messages of protobuf. */
  boolean mayHoldMessages() {
    return Bodies.mayHoldMessages(new Headers(headers));
  }

  private static byte[] pack(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(1024);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return packed.toByteArray();
  }

  private static byte[] unpack(byte[] packed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readNBytes(MAX_BODY);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
