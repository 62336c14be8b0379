package dev.banyan.app.reflection;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The files that a server has sent, each once, and those that they import and it has not sent. */
final class ServedFiles {
  private final GrpcServer server;
  private final Bounds bounds;
  private final Map<String, ServedFile> byName = new TreeMap<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private long bytes;

  ServedFiles(GrpcServer server, Bounds bounds) {
    this.server = server;
    this.bounds = bounds;
  }

  /**
   * Servers may send a file again, and files that nobody asked for.
   *
   * @throws FetchFailed where they are none, too large, or not what was sent before
   */
  void add(List<ByteString> sent) throws FetchFailed {
    for (ByteString one : sent) {
      add(read(one));
    }
  }

  private ServedFile read(ByteString sent) throws FetchFailed {
    try {
      ServedFile file = ServedFile.read(sent);
      if (!file.name().isEmpty()) {
        return file;
      }
    } catch (InvalidProtocolBufferException damaged) {
      // Told below.
    }
    throw new FetchFailed(
        server,
        "sends " + sent.size() + " bytes that describe no .proto file",
        "reflection that sends FileDescriptorProto; " + ServerFailure.PROTOC);
  }

  private void add(ServedFile file) throws FetchFailed {
    ServedFile before = byName.putIfAbsent(file.name(), file);
    if (before != null) {
      if (!before.bytes().equals(file.bytes())) {
        throw new FetchFailed(
            server,
            "sends " + FetchFailed.cut(file.name()) + " twice with other content",
            "one version of each file in the server; " + ServerFailure.PROTOC);
      }
      return;
    }
    missing.remove(file.name());
    file.imports().stream().filter(name -> !byName.containsKey(name)).forEach(missing::add);
    bytes += CodedOutputStream.computeBytesSize(FileDescriptorSet.FILE_FIELD_NUMBER, file.bytes());
    if (bytes > bounds.bytes()) {
      throw tooLarge(bounds.bytesText());
    }
    if (byName.size() > bounds.files()) {
      throw tooLarge(bounds.files() + " files");
    }
  }

  private FetchFailed tooLarge(String bound) {
    return new FetchFailed(
        server,
        "has descriptors of more than " + bound,
        "at most that, as in a rule set; fewer services with --service NAME");
  }

  boolean define(String service) {
    return byName.values().stream().anyMatch(file -> file.services().contains(service));
  }

  boolean lack(String name) {
    return missing.contains(name);
  }

  /** An import that is not there yet. */
  Optional<String> nextMissing() {
    return missing.stream().findFirst();
  }

  /** Who imports a file, by name. */
  List<String> importersOf(String name) {
    return byName.values().stream()
        .filter(file -> file.imports().contains(name))
        .map(ServedFile::name)
        .toList();
  }

  /**
   * Each file after all that it imports, files that wait for the same ones by their names: so one
   * server gives one text, in whatever order it answers. Files that import each other come last;
   * the reader of sets names them.
   */
  List<ServedFile> inOrder() {
    List<ServedFile> ordered = new ArrayList<>();
    Set<String> done = new HashSet<>();
    List<ServedFile> open = new ArrayList<>(byName.values());
    while (!open.isEmpty()) {
      List<ServedFile> ready =
          open.stream().filter(file -> done.containsAll(file.imports())).toList();
      if (ready.isEmpty()) {
        ordered.addAll(open);
        break;
      }
      ordered.addAll(ready);
      ready.forEach(file -> done.add(file.name()));
      open.removeIf(file -> done.contains(file.name()));
    }
    return ordered;
  }

  /** A {@code FileDescriptorSet}, with the bytes of each file as they were sent. */
  static ByteString set(List<ServedFile> files) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (ServedFile file : files) {
        out.writeBytes(FileDescriptorSet.FILE_FIELD_NUMBER, file.bytes());
      }
      out.flush();
    } catch (IOException impossible) {
      throw new IllegalStateException("written into memory", impossible);
    }
    return bytes.toByteString();
  }
}
