package dev.banyan.app.comparing;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A masked answer, as far as comparing it once more needs it. Cookies are not part of it.
 *
 * @param packed the body, by gzip
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and as large as it is
public record KeptAnswer(int status, List<Headers.Field> headers, byte[] packed) {
  /** Bytes of a packed body; what is larger is not kept, and so cannot be judged again. */
  static final int MAX_PACKED = 8 * 1024;

  private static final int MAX_BODY = 1024 * 1024;
  private static final int MAX_HEADERS = 8 * 1024;

  static @Nullable KeptAnswer of(Observation observation) {
    if (!(observation instanceof Observation.Answered answered)
        || !(answered.body() instanceof Body.Whole(byte[] bytes))
        || bytes.length > MAX_BODY) {
      return null;
    }
    List<Headers.Field> fields =
        answered.headers().fields().stream()
            .filter(field -> !field.name().equalsIgnoreCase("set-cookie"))
            .toList();
    int head = fields.stream().mapToInt(f -> f.name().length() + f.value().length()).sum();
    byte[] packed = pack(bytes);
    return head > MAX_HEADERS || packed.length > MAX_PACKED
        ? null
        : new KeptAnswer(answered.status(), fields, packed);
  }

  /** The answer once more. */
  Observation answer() {
    return new Observation.Answered(
        status,
        new Headers(headers),
        new Body.Whole(unpack(packed)),
        Headers.NONE,
        Duration.ZERO,
        Duration.ZERO);
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
