package dev.banyan.parity;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random orders, and random values of their fields. */
final class RandomOrders {
  private static final int DEEPEST = 3;

  private RandomOrders() {}

  static DynamicMessage order(Random random) {
    return (DynamicMessage) message(Orders.ORDER, random, 0);
  }

  static Message message(Descriptor type, Random random, int depth) {
    return switch (type.getFullName()) {
      case "google.protobuf.Timestamp" ->
          pair(type, random.nextInt(), random.nextInt(1_000_000_000));
      case "google.protobuf.Duration" ->
          pair(type, random.nextInt(100_000) + 1L, random.nextInt(1_000_000_000));
      case "google.protobuf.Any" ->
          DynamicMessage.newBuilder(type)
              .setField(type.findFieldByNumber(1), "type.googleapis.com/shop.v1.Money")
              .setField(
                  type.findFieldByNumber(2),
                  message(Orders.SET.message("shop.v1.Money").orElseThrow(), random, depth)
                      .toByteString())
              .build();
      default -> own(type, random, depth);
    };
  }

  private static Message own(Descriptor type, Random random, int depth) {
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean taken =
          field.getRealContainingOneof() != null
              && builder.hasOneof(field.getRealContainingOneof());
      if (random.nextBoolean() && !taken) {
        fill(builder, field, random, depth);
      }
    }
    return builder.build();
  }

  private static Message pair(Descriptor type, long seconds, int nanos) {
    return DynamicMessage.newBuilder(type)
        .setField(type.findFieldByNumber(1), seconds)
        .setField(type.findFieldByNumber(2), nanos)
        .build();
  }

  private static void fill(
      DynamicMessage.Builder builder, FieldDescriptor field, Random random, int depth) {
    if (field.isMapField()) {
      Set<Object> keys = new HashSet<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        Message entry = entry(field, random, depth);
        if (keys.add(key(entry))) {
          builder.addRepeatedField(field, entry);
        }
      }
    } else if (field.isRepeated()) {
      for (int i = depth < DEEPEST ? random.nextInt(4) : 0; i > 0; i--) {
        builder.addRepeatedField(field, value(field, random, depth + 1));
      }
    } else if (depth < DEEPEST || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      builder.setField(field, value(field, random, depth + 1));
    }
  }

  static Message entry(FieldDescriptor map, Random random, int depth) {
    Descriptor type = map.getMessageType();
    return DynamicMessage.newBuilder(type)
        .setField(type.findFieldByNumber(1), value(type.findFieldByNumber(1), random, depth))
        .setField(type.findFieldByNumber(2), value(type.findFieldByNumber(2), random, depth + 1))
        .build();
  }

  static Object key(Message entry) {
    return entry.getField(entry.getDescriptorForType().findFieldByNumber(1));
  }

  static Object value(FieldDescriptor field, Random random, int depth) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(300);
      case LONG -> random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(300);
      case FLOAT -> random.nextFloat() * 100 + 1;
      case DOUBLE -> random.nextDouble() * 100 + 1;
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(random);
      case BYTE_STRING -> {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        yield ByteString.copyFrom(bytes);
      }
      case ENUM -> {
        List<EnumValueDescriptor> values = field.getEnumType().getValues();
        yield values.get(random.nextInt(values.size()));
      }
      case MESSAGE -> message(field.getMessageType(), random, depth);
    };
  }

  private static String text(Random random) {
    String letters = "abcXYZ0123 äß€'\\\u0001";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
