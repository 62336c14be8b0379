package dev.banyan.parity;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TypeRegistry;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareRule;
import dev.banyan.rules.ProtobufTypes;
import dev.banyan.rules.protobuf.DescriptorReader;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Messages of the set in the resources, written as protobuf's text format has them. */
final class Orders {
  static final DescriptorSet SET = set();
  static final Descriptor ORDER = SET.message("shop.v1.Order").orElseThrow();
  static final Descriptor OLD = SET.message("shop.v1.Old").orElseThrow();
  static final RequestCopy GET =
      new RequestCopy("POST", "/shop.v1.Orders/Get", Headers.NONE, Body.EMPTY);

  private Orders() {}

  static CompareProfile profile(CompareProfile base) {
    return profile(base, base.arrays(), Map.of());
  }

  static CompareProfile profile(
      CompareProfile base, CompareProfile.Arrays arrays, Map<String, String> keys) {
    return new CompareProfile(
        "orders",
        base.headers(),
        arrays,
        keys,
        java.util.Set.<CompareRule>copyOf(base.rules()),
        base.tolerances(),
        Optional.of(new ProtobufTypes(SET, Optional.of("shop.v1.Order"))));
  }

  static byte[] order(String text) {
    return message(ORDER, text);
  }

  static byte[] message(Descriptor type, String text) {
    return dynamic(type, text).toByteArray();
  }

  static DynamicMessage dynamic(Descriptor type, String text) {
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    ExtensionRegistry extensions = ExtensionRegistry.newInstance();
    SET.extension(OLD, 100).ifPresent(extensions::add);
    try {
      TextFormat.Parser.newBuilder()
          .setTypeRegistry(TypeRegistry.newBuilder().add(ORDER).build())
          .build()
          .merge(text, extensions, builder);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
    return builder.buildPartial();
  }

  /** An answer of gRPC with these messages. */
  static Observation.Answered stream(byte[]... messages) {
    int size = 0;
    for (byte[] message : messages) {
      size += 5 + message.length;
    }
    ByteBuffer frames = ByteBuffer.allocate(size);
    for (byte[] message : messages) {
      frames.put((byte) 0).putInt(message.length).put(message);
    }
    return Answers.with(200, frames.array(), "Content-Type", "application/grpc");
  }

  private static DescriptorSet set() {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/protobuf/orders.binpb"));
      return ((DescriptorReader.Outcome.Linked) DescriptorReader.read(bytes)).set();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
