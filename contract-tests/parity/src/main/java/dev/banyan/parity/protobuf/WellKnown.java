package dev.banyan.parity.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.banyan.parity.json.Json;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Google's types that say more than their fields: a Timestamp is an ISO time and a Duration an ISO
 * duration, so that rules and diagnoses know them, and an Any holds the message that it names. What
 * is out of the range of its type, or holds more, is left as its fields.
 */
final class WellKnown {
  private static final long FIRST_SECOND = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final long LONGEST = 315_576_000_000L;
  private static final int NANOS = 1_000_000_000;

  private final MessageReader reader;
  private final DescriptorSet set;

  WellKnown(MessageReader reader, DescriptorSet set) {
    this.reader = reader;
    this.set = set;
  }

  Json json(Descriptor type, Json.Obj fields) {
    if (fields.members().size() != 2 || !type.getFullName().startsWith("google.protobuf.")) {
      return fields;
    }
    Json first = fields.members().get(0).value();
    Json second = fields.members().get(1).value();
    return switch (type.getFullName()) {
      case "google.protobuf.Timestamp" ->
          first instanceof Json.Num seconds && second instanceof Json.Num nanos && areWhole(type)
              ? timestamp(whole(seconds), whole(nanos)).orElse(fields)
              : fields;
      case "google.protobuf.Duration" ->
          first instanceof Json.Num seconds && second instanceof Json.Num nanos && areWhole(type)
              ? duration(whole(seconds), whole(nanos)).orElse(fields)
              : fields;
      case "google.protobuf.Any" ->
          first instanceof Json.Text url && second instanceof Json.Text value
              ? any(url, value).orElse(fields)
              : fields;
      default -> fields;
    };
  }

  /** As Google's own are; somebody may have written others of their names. */
  private static boolean areWhole(Descriptor type) {
    return type.getFields().get(0).getType() == FieldDescriptor.Type.INT64
        && type.getFields().get(1).getType() == FieldDescriptor.Type.INT32;
  }

  private static long whole(Json.Num number) {
    return Long.parseLong(number.lexeme());
  }

  private static Optional<Json> timestamp(long seconds, long nanos) {
    boolean valid =
        seconds >= FIRST_SECOND && seconds <= LAST_SECOND && nanos >= 0 && nanos < NANOS;
    return valid
        ? Optional.of(Json.Text.of(Instant.ofEpochSecond(seconds, nanos).toString()))
        : Optional.empty();
  }

  private static Optional<Json> duration(long seconds, long nanos) {
    boolean valid =
        seconds >= -LONGEST
            && seconds <= LONGEST
            && nanos > -NANOS
            && nanos < NANOS
            && (seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0));
    return valid
        ? Optional.of(Json.Text.of(Duration.ofSeconds(seconds, nanos).toString()))
        : Optional.empty();
  }

  /** With the message in place of its bytes, where the set has its type and it can be read. */
  private Optional<Json> any(Json.Text url, Json.Text value) {
    Optional<Descriptor> type =
        set.message(url.value().substring(url.value().lastIndexOf('/') + 1));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    try {
      Json message = reader.read(HexFormat.of().parseHex(value.value().substring(2)), type.get());
      return Optional.of(
          Json.Obj.of(
              List.of(new Json.Member("type_url", url), new Json.Member("value", message))));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
