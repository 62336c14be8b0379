package dev.banyan.parity.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.banyan.parity.json.Json;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Values that are no messages, as JSON that keeps all they say: whole numbers with all their
 * digits, floating point by the shortest text that is this value and no other, enums by name (by
 * number where they have none), bytes as hex after {@code 0x}, which no rule takes for a text.
 */
final class Scalars {
  private static final int TEXT = 80;
  private static final int NUMBER = 32;
  private static final Json[] SMALL =
      LongStream.range(0, 1024).mapToObj(n -> Json.Num.of(Long.toString(n))).toArray(Json[]::new);

  private Scalars() {}

  static Json read(FieldDescriptor field, CodedInputStream in, Room room) throws IOException {
    return switch (field.getType()) {
      case BOOL -> Varint.read(in) != 0 ? Json.Word.TRUE : Json.Word.FALSE;
      case INT32, SINT32, SFIXED32 -> number(signed32(field, in), room);
      case INT64, SINT64, SFIXED64 -> number(signed64(field, in), room);
      case UINT32 -> number(Varint.read(in) & 0xFFFF_FFFFL, room);
      case FIXED32 -> number(Integer.toUnsignedLong(in.readFixed32()), room);
      case UINT64 -> unsigned(Varint.read(in), room);
      case FIXED64 -> unsigned(in.readFixed64(), room);
      case DOUBLE -> real(Double.toString(in.readDouble()), room);
      case FLOAT -> real(Float.toString(in.readFloat()), room);
      case ENUM -> constant(field, (int) Varint.read(in), room);
      case STRING -> text(in.readBytes(), room);
      case BYTES -> bytes(in.readBytes(), room);
      case MESSAGE, GROUP ->
          throw new IllegalArgumentException("a message: " + field.getFullName());
    };
  }

  private static long signed32(FieldDescriptor field, CodedInputStream in) throws IOException {
    return switch (field.getType()) {
      case SINT32 -> CodedInputStream.decodeZigZag32((int) Varint.read(in));
      case SFIXED32 -> in.readSFixed32();
      default -> (int) Varint.read(in);
    };
  }

  private static long signed64(FieldDescriptor field, CodedInputStream in) throws IOException {
    return switch (field.getType()) {
      case SINT64 -> CodedInputStream.decodeZigZag64(Varint.read(in));
      case SFIXED64 -> in.readSFixed64();
      default -> Varint.read(in);
    };
  }

  static Json number(long value, Room room) {
    if (value >= 0 && value < SMALL.length) {
      return SMALL[(int) value];
    }
    return lexeme(Long.toString(value), room);
  }

  static Json unsigned(long value, Room room) {
    return value >= 0 ? number(value, room) : lexeme(Long.toUnsignedString(value), room);
  }

  /** JSON has no word for NaN and the infinities: they are texts, as in protobuf's own JSON. */
  private static Json real(String written, Room room) {
    return Character.isLetter(written.charAt(written.length() - 1))
        ? room.text(written)
        : lexeme(written, room);
  }

  private static Json lexeme(String written, Room room) {
    room.take(written.length() <= 18 ? NUMBER : NUMBER + TEXT);
    return Json.Num.of(written);
  }

  static Json constant(FieldDescriptor field, int number, Room room) {
    EnumValueDescriptor known = field.getEnumType().findValueByNumber(number);
    return known == null ? number(number, room) : room.text(known.getName());
  }

  /** Bytes that are no UTF-8 are kept as what they are: as text, many of them would be equal. */
  static Json text(ByteString read, Room room) {
    return read.isValidUtf8()
        ? room.text(read.toStringUtf8())
        : Json.Obj.of(List.of(new Json.Member("hex", bytes(read, room))));
  }

  static Json bytes(ByteString read, Room room) {
    room.take(TEXT + 2L * read.size());
    return Json.Text.of(hex(read));
  }

  static String hex(ByteString read) {
    return "0x" + HexFormat.of().formatHex(read.toByteArray());
  }
}
