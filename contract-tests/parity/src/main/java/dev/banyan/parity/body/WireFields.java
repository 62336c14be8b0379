package dev.banyan.parity.body;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile.Arrays;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A protobuf message without its schema: its fields by tag, those of one tag in their order. A
 * number is an unsigned one, as its sign is known to the schema alone; what has a length is text
 * where it reads as such, else hex, as nested messages cannot be told from bytes.
 */
final class WireFields {
  /** Bytes of memory that a message's fields may take at any size, and for each of its bytes. */
  private static final long FREE = 1 << 20;

  private static final int PER_BYTE = 6;
  private static final int TAG_BITS = 3;
  private static final int LONGEST_VARINT = 10;

  /** Bytes of memory that one field may take. */
  private static final int PER_FIELD = 240;

  private static final int FIXED_64 = 1;
  private static final int FIXED_32 = 5;

  private final ByteBuffer rest;
  private int fieldsLeft;

  private WireFields(byte[] bytes) {
    this.fieldsLeft = (int) ((FREE + PER_BYTE * (long) bytes.length) / PER_FIELD);
    this.rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Empty where the bytes are no message from begin to end, or one of far too many fields. */
  static Optional<Json> read(byte[] bytes) {
    return new WireFields(bytes).fields();
  }

  private Optional<Json> fields() {
    Map<Long, List<Json>> fields = new TreeMap<>();
    while (rest.hasRemaining()) {
      Optional<Long> key = varint();
      Optional<Json> value = key.flatMap(read -> value((int) (read & 7)));
      if (value.isEmpty() || key.get() >>> TAG_BITS == 0 || --fieldsLeft < 0) {
        return Optional.empty();
      }
      fields.computeIfAbsent(key.get(), tag -> new ArrayList<>(1)).add(value.get());
    }
    return Optional.of(
        Json.Obj.of(
            fields.entrySet().stream()
                .map(field -> new Json.Member(name(field.getKey()), one(field.getValue())))
                .toList()));
  }

  /** Numbers of a fixed width are no other writing of a varint. */
  private static String name(long key) {
    String tag = Long.toString(key >>> TAG_BITS);
    return switch ((int) (key & 7)) {
      case FIXED_64 -> tag + ":64";
      case FIXED_32 -> tag + ":32";
      default -> tag;
    };
  }

  private static Json one(List<Json> values) {
    return values.size() == 1 ? values.getFirst() : Json.Arr.of(values, Arrays.ORDERED);
  }

  private Optional<Json> value(int wireType) {
    return switch (wireType) {
      case 0 -> varint().map(number -> Json.Num.of(Long.toUnsignedString(number)));
      case FIXED_64 ->
          rest.remaining() < Long.BYTES
              ? Optional.empty()
              : Optional.of(Json.Num.of(Long.toUnsignedString(rest.getLong())));
      case 2 -> varint().flatMap(this::block);
      case FIXED_32 ->
          rest.remaining() < Integer.BYTES
              ? Optional.empty()
              : Optional.of(Json.Num.of(Integer.toUnsignedString(rest.getInt())));
      default -> Optional.empty();
    };
  }

  private Optional<Json> block(long length) {
    if (length < 0 || length > rest.remaining()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) length];
    rest.get(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean readable = text.chars().noneMatch(c -> c == '\uFFFD' || Character.isISOControl(c));
    return Optional.of(
        readable
            ? Json.Text.of(text)
            : Json.Obj.of(
                List.of(new Json.Member("hex", Json.Text.of(HexFormat.of().formatHex(bytes))))));
  }

  private Optional<Long> varint() {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT && rest.hasRemaining(); i++) {
      byte next = rest.get();
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
