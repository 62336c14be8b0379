package dev.banyan.rules.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.banyan.rules.protobuf.DescriptorReader.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, they are a linked set or a problem with its cure. */
class DescriptorReaderTest {
  private static final Path ORDERS = Path.of("src/test/resources/descriptors/orders.binpb");

  @Test
  void filesThatImportEachOtherAreAProblem() {
    FileDescriptorSet circle =
        FileDescriptorSet.newBuilder()
            .addFile(FileDescriptorProto.newBuilder().setName("a.proto").addDependency("b.proto"))
            .addFile(FileDescriptorProto.newBuilder().setName("b.proto").addDependency("a.proto"))
            .build();

    assertThat(problem(circle.toByteArray())).startsWith("import each other: a.proto, b.proto (");
  }

  @Test
  void aTypeThatIsNowhereIsAProblem() {
    FileDescriptorSet dangling =
        FileDescriptorSet.newBuilder()
            .addFile(
                FileDescriptorProto.newBuilder()
                    .setName("a.proto")
                    .addMessageType(
                        DescriptorProto.newBuilder()
                            .setName("A")
                            .addField(
                                FieldDescriptorProto.newBuilder()
                                    .setName("b")
                                    .setNumber(1)
                                    .setTypeName(".gone.B"))))
            .build();

    assertThat(problem(dangling.toByteArray())).startsWith("a.proto: ").contains("gone.B");
  }

  @Test
  void anEmptyFileIsAProblem() {
    assertThat(problem(new byte[0])).startsWith("holds no .proto (");
  }

  @Test
  void theOrderOfTheFilesSaysNothing() throws IOException {
    FileDescriptorSet set = FileDescriptorSet.parseFrom(Files.readAllBytes(ORDERS));
    FileDescriptorSet.Builder turned = FileDescriptorSet.newBuilder();
    set.getFileList().reversed().forEach(turned::addFile);

    assertThat(DescriptorReader.read(turned.build().toByteArray()))
        .isInstanceOf(Outcome.Linked.class);
  }

  @Property(tries = 300)
  void brokenSetsNeverThrow(@ForAll int at, @ForAll byte with) throws IOException {
    byte[] bytes = Files.readAllBytes(ORDERS);
    bytes[Math.floorMod(at, bytes.length)] = with;

    assertThat(DescriptorReader.read(bytes)).isNotNull();
  }

  private static String problem(byte[] bytes) {
    return switch (DescriptorReader.read(bytes)) {
      case Outcome.Linked linked -> throw new AssertionError("linked");
      case Outcome.Unusable(var problems) -> problems.getFirst();
    };
  }
}
