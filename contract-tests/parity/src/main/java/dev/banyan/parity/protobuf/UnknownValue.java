package dev.banyan.parity.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.banyan.parity.align.Deadline;
import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A value whose field no type knows: by its tag, unsigned, what has a length as text where it is
 * UTF-8, else as hex; a group by the fields in it.
 */
final class UnknownValue {
  private static final int MEMBER = 120;

  private UnknownValue() {}

  /** Numbers of a fixed width are no other writing of a varint. */
  private static String name(int tag) {
    String number = Integer.toString(WireFormat.getTagFieldNumber(tag));
    return switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_FIXED64 -> number + ":64";
      case WireFormat.WIRETYPE_FIXED32 -> number + ":32";
      default -> number;
    };
  }

  static Json read(int tag, CodedInputStream in, Room room) throws IOException {
    room.take(MEMBER);
    return switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> Scalars.unsigned(Varint.read(in), room);
      case WireFormat.WIRETYPE_FIXED64 -> Scalars.unsigned(in.readFixed64(), room);
      case WireFormat.WIRETYPE_FIXED32 ->
          Scalars.number(Integer.toUnsignedLong(in.readFixed32()), room);
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> Scalars.text(in.readBytes(), room);
      case WireFormat.WIRETYPE_START_GROUP -> group(tag, in, room);
      default -> throw new IOException("no wire type: " + WireFormat.getTagWireType(tag));
    };
  }

  private static Json group(int start, CodedInputStream in, Room room) throws IOException {
    room.enter();
    Map<Integer, List<Json>> fields = new TreeMap<>();
    for (int tag = in.readTag(); !isEndOf(start, tag); tag = in.readTag()) {
      if (tag == 0) {
        throw new IOException("a group without an end");
      }
      Deadline.step();
      fields.computeIfAbsent(tag, first -> new ArrayList<>(1)).add(read(tag, in, room));
    }
    room.leave();
    return Json.Obj.of(members(fields));
  }

  /** The fields of one tag as one member, in the order of the tags. */
  static List<Json.Member> members(Map<Integer, List<Json>> fields) {
    return fields.entrySet().stream()
        .map(field -> new Json.Member(name(field.getKey()), one(field.getValue())))
        .toList();
  }

  static boolean isEndOf(int start, int tag) {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_END_GROUP
        && WireFormat.getTagFieldNumber(tag) == WireFormat.getTagFieldNumber(start);
  }

  private static Json one(List<Json> values) {
    return values.size() == 1
        ? values.getFirst()
        : Json.Arr.of(values, CompareProfile.Arrays.ORDERED);
  }
}
