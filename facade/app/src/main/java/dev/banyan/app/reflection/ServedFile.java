package dev.banyan.app.reflection;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/**
 * One {@code .proto} as a server has it.
 *
 * @param name as others import it
 * @param imports names of files
 * @param services full names
 * @param bytes of its descriptor, as they were sent
 */
record ServedFile(String name, List<String> imports, List<String> services, ByteString bytes) {
  ServedFile {
    imports = List.copyOf(imports);
    services = List.copyOf(services);
  }

  static ServedFile read(ByteString bytes) throws InvalidProtocolBufferException {
    FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
    String prefix = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
    return new ServedFile(
        file.getName(),
        file.getDependencyList(),
        file.getServiceList().stream()
            .map(ServiceDescriptorProto::getName)
            .map(prefix::concat)
            .toList(),
        bytes);
  }
}
