package dev.banyan.parity.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.banyan.parity.align.Deadline;
import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of messages into JSON by their types, as any parser of protobuf would: whatever
 * encodings mean the same message come to the same tree (order of fields, packed or not, longer
 * varints, repeated singular fields), and nothing that a parser keeps is lost.
 *
 * <p>It reads from the wire rather than from a DynamicMessage: that one takes some hundred bytes
 * for a message of two, and makes texts that are no UTF-8 alike.
 */
public final class MessageReader {
  private final DescriptorSet set;
  private final Room room;
  private final MessageTree tree;

  /**
   * @param arrays how repeated fields are compared
   * @param room for all that is read by this reader: that of one body
   */
  public MessageReader(DescriptorSet set, CompareProfile.Arrays arrays, Room room) {
    this.set = set;
    this.room = room;
    this.tree = new MessageTree(this, set, arrays, room);
  }

  /**
   * One message from its first byte to its last.
   *
   * @throws IOException where the bytes are no message
   * @throws Room.Exhausted where it has too many levels or values
   */
  public Json read(byte[] bytes, Descriptor type) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    in.setRecursionLimit(Integer.MAX_VALUE); // Room counts the levels.
    int depth = room.depth();
    try {
      Slots slots = new Slots(type);
      fill(slots, in, 0);
      return tree.of(slots);
    } finally {
      room.backTo(depth);
    }
  }

  /**
   * @param start the tag that a group began with; 0 for a message, which ends where its bytes do
   */
  private void fill(Slots slots, CodedInputStream in, int start) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Deadline.step();
      if (start != 0 && UnknownValue.isEndOf(start, tag)) {
        return;
      }
      FieldDescriptor field = field(slots.type, WireFormat.getTagFieldNumber(tag));
      int wireType = WireFormat.getTagWireType(tag);
      if (field != null && wireType == field.getLiteType().getWireType()) {
        single(slots, field, tag, in);
      } else if (field != null
          && field.isPackable()
          && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int outer = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
          Deadline.step();
          scalar(slots, field, in);
        }
        in.popLimit(outer);
      } else {
        slots.addUnknown(tag, UnknownValue.read(tag, in, room));
      }
    }
    if (start != 0) {
      throw new IOException("a group without an end");
    }
  }

  private @Nullable FieldDescriptor field(Descriptor type, int number) {
    FieldDescriptor field = type.findFieldByNumber(number);
    return field == null ? set.extension(type, number).orElse(null) : field;
  }

  private void scalar(Slots slots, FieldDescriptor field, CodedInputStream in) throws IOException {
    if (field.getType() == FieldDescriptor.Type.ENUM && field.legacyEnumFieldTreatedAsClosed()) {
      int number = (int) Varint.read(in);
      if (field.getEnumType().findValueByNumber(number) == null) {
        // A closed enum (proto2) leaves what it has no name for to the unknown fields.
        int tag = field.getNumber() << 3 | WireFormat.WIRETYPE_VARINT;
        slots.addUnknown(tag, Scalars.unsigned(number, room));
        return;
      }
      keep(slots, field, Scalars.constant(field, number, room));
      return;
    }
    keep(slots, field, Scalars.read(field, in, room));
  }

  private void keep(Slots slots, FieldDescriptor field, Json value) {
    if (field.isRepeated()) {
      room.take(8);
      slots.add(field, value);
    } else {
      slots.set(field, value);
    }
  }

  private void single(Slots slots, FieldDescriptor field, int tag, CodedInputStream in)
      throws IOException {
    switch (field.getJavaType()) {
      case MESSAGE -> {
        if (field.isMapField()) {
          Slots entry = nested(new Slots(field.getMessageType()), tag, in);
          slots.put(field, tree.key(entry), tree.entryValue(entry));
        } else if (field.isRepeated()) {
          room.take(8);
          slots.add(field, tree.of(nested(new Slots(field.getMessageType()), tag, in)));
        } else {
          nested(slots.message(field), tag, in);
        }
      }
      default -> scalar(slots, field, in);
    }
  }

  private Slots nested(Slots slots, int tag, CodedInputStream in) throws IOException {
    room.enter();
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP) {
      fill(slots, in, tag);
    } else {
      int outer = in.pushLimit(in.readRawVarint32());
      fill(slots, in, 0);
      in.popLimit(outer);
    }
    room.leave();
    return slots;
  }
}
