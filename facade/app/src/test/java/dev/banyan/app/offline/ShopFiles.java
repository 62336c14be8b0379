package dev.banyan.app.offline;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.banyan.rules.protobuf.DescriptorReader;
import dev.banyan.rules.protobuf.DescriptorReader.Outcome;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two services in two files that share imports, of Banyan's tests and of protobuf's own. */
final class ShopFiles {
  static final Path SET =
      Path.of("../../contract-tests/parity/src/test/resources/protobuf/orders.binpb");

  /** {@code shop.v1.Orders}; imports money, and three of google's. */
  static final FileDescriptor ORDERS = read(SET).message("shop.v1.Order").orElseThrow().getFile();

  /** {@code shop.v1.Stock}; imports money and one of google's. */
  static final FileDescriptor STOCK = stock();

  private ShopFiles() {}

  static DescriptorSet read(Path set) {
    try {
      return ((Outcome.Linked) DescriptorReader.read(Files.readAllBytes(set))).set();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A file and all it imports, each once. */
  static Collection<FileDescriptor> withImports(FileDescriptor file) {
    Map<String, FileDescriptor> found = new LinkedHashMap<>();
    collect(file, found);
    return found.values();
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptor> found) {
    if (found.put(file.getName(), file) == null) {
      file.getDependencies().forEach(imported -> collect(imported, found));
    }
  }

  /** One that has nothing but a name and imports. */
  static FileDescriptorProto file(String name, String... imports) {
    return FileDescriptorProto.newBuilder()
        .setName(name)
        .addAllDependency(List.of(imports))
        .build();
  }

  /** One with a service {@code odd.Odd} without methods. */
  static FileDescriptorProto withService(String name, String... imports) {
    return file(name, imports).toBuilder()
        .setPackage("odd")
        .addService(ServiceDescriptorProto.newBuilder().setName("Odd"))
        .build();
  }

  private static FileDescriptor stock() {
    FileDescriptor money = imported(ORDERS, "shop/v1/money.proto");
    FileDescriptor timestamp = imported(ORDERS, "google/protobuf/timestamp.proto");
    FileDescriptorProto stock =
        FileDescriptorProto.newBuilder()
            .setName("shop/v1/stock.proto")
            .setSyntax("proto3")
            .setPackage("shop.v1")
            .addDependency(timestamp.getName())
            .addDependency(money.getName())
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Level")
                    .addField(field("at", 1, ".google.protobuf.Timestamp"))
                    .addField(field("worth", 2, ".shop.v1.Money")))
            .addService(
                ServiceDescriptorProto.newBuilder()
                    .setName("Stock")
                    .addMethod(
                        MethodDescriptorProto.newBuilder()
                            .setName("Get")
                            .setInputType(".shop.v1.Level")
                            .setOutputType(".shop.v1.Level")))
            .build();
    try {
      return FileDescriptor.buildFrom(stock, new FileDescriptor[] {timestamp, money});
    } catch (DescriptorValidationException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private static FieldDescriptorProto field(String name, int number, String type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
        .setTypeName(type)
        .build();
  }

  private static FileDescriptor imported(FileDescriptor by, String name) {
    return by.getDependencies().stream()
        .filter(file -> file.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
