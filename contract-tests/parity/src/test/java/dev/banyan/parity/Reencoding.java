package dev.banyan.parity;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Other bytes of the same message: fields in another order, longer varints, lists unpacked or
 * packed in parts, messages in two parts to be merged, defaults written out, values that a later
 * one overwrites.
 */
final class Reencoding {
  private final Random random;

  Reencoding(Random random) {
    this.random = random;
  }

  /** A field of a message; those of one number keep their order. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(int number, byte[] bytes) {}

  byte[] of(byte[] message, Descriptor type) throws IOException {
    List<Part> parts = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      part(field, tag, in, parts);
    }
    for (FieldDescriptor field : type.getFields()) {
      boolean there = parts.stream().anyMatch(part -> part.number() == field.getNumber());
      boolean varint = field.getLiteType().getWireType() == WireFormat.WIRETYPE_VARINT;
      if (!there && varint && !field.isRepeated() && !field.hasPresence() && random.nextBoolean()) {
        parts.add(varintPart(field, 0));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    shuffled(parts).forEach(part -> out.writeBytes(part.bytes()));
    return out.toByteArray();
  }

  private List<Part> shuffled(List<Part> parts) {
    List<Integer> numbers = new ArrayList<>(parts.stream().map(Part::number).toList());
    Collections.shuffle(numbers, random);
    List<Part> left = new ArrayList<>(parts);
    List<Part> turned = new ArrayList<>();
    for (int number : numbers) {
      Part next = left.stream().filter(part -> part.number() == number).findFirst().orElseThrow();
      left.remove(next);
      turned.add(next);
    }
    return turned;
  }

  private void part(FieldDescriptor field, int tag, CodedInputStream in, List<Part> parts)
      throws IOException {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> {
        if (!field.isRepeated() && random.nextInt(4) == 0) {
          parts.add(varintPart(field, 1));
        }
        parts.add(varintPart(field, in.readRawVarint64()));
      }
      case WireFormat.WIRETYPE_FIXED64 -> parts.add(fixed(tag, in.readRawBytes(8)));
      case WireFormat.WIRETYPE_FIXED32 -> parts.add(fixed(tag, in.readRawBytes(4)));
      default -> {
        byte[] content = in.readByteArray();
        if (field.isPackable()) {
          list(field, content, parts);
        } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
          messages(field, content, parts);
        } else {
          parts.add(block(field.getNumber(), content));
        }
      }
    }
  }

  private void messages(FieldDescriptor field, byte[] content, List<Part> parts)
      throws IOException {
    byte[] other = of(content, field.getMessageType());
    if (field.isRepeated() || random.nextBoolean()) {
      parts.add(block(field.getNumber(), other));
      return;
    }
    List<Integer> ends = new ArrayList<>(List.of(0));
    CodedInputStream in = CodedInputStream.newInstance(other);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      in.skipField(tag);
      ends.add(in.getTotalBytesRead());
    }
    int cut = ends.get(random.nextInt(ends.size()));
    parts.add(block(field.getNumber(), java.util.Arrays.copyOf(other, cut)));
    parts.add(block(field.getNumber(), java.util.Arrays.copyOfRange(other, cut, other.length)));
  }

  private void list(FieldDescriptor field, byte[] packed, List<Part> parts) throws IOException {
    int wireType = field.getLiteType().getWireType();
    CodedInputStream in = CodedInputStream.newInstance(packed);
    while (!in.isAtEnd()) {
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      if (wireType == WireFormat.WIRETYPE_VARINT) {
        varint(in.readRawVarint64(), 10, value);
      } else {
        value.writeBytes(in.readRawBytes(wireType == WireFormat.WIRETYPE_FIXED64 ? 8 : 4));
      }
      parts.add(
          random.nextBoolean()
              ? block(field.getNumber(), value.toByteArray())
              : fixed(field.getNumber() << 3 | wireType, value.toByteArray()));
    }
  }

  private Part varintPart(FieldDescriptor field, long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    varint(value, 10, bytes);
    return fixed(field.getNumber() << 3 | WireFormat.WIRETYPE_VARINT, bytes.toByteArray());
  }

  private Part block(int number, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(content.length, 5, out);
    out.writeBytes(content);
    return fixed(number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED, out.toByteArray());
  }

  private Part fixed(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(tag, 5, out);
    out.writeBytes(content);
    return new Part(WireFormat.getTagFieldNumber(tag), out.toByteArray());
  }

  private void varint(long value, int longest, ByteArrayOutputStream out) {
    int least = Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 6) / 7);
    // DynamicMessage reads a tenth byte that says nothing as the highest bit.
    int most = Math.max(least, Math.min(longest, 9));
    int length = random.nextInt(3) > 0 ? least : least + random.nextInt(most - least + 1);
    for (int i = 0; i < length; i++) {
      long bits = i < 10 ? value >>> (7 * i) & 0x7F : 0;
      out.write((int) bits | (i < length - 1 ? 0x80 : 0));
    }
  }
}
