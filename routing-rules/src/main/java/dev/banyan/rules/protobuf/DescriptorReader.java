package dev.banyan.rules.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and links what {@code protoc --include_imports --descriptor_set_out} writes. */
public final class DescriptorReader {
  /** Bytes of one set: a thousand .proto with all their imports have less. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final String PROTOC =
      "expected what protoc --include_imports --descriptor_set_out=FILE writes";

  private DescriptorReader() {}

  /** What reading came to. */
  public sealed interface Outcome {
    record Linked(DescriptorSet set) implements Outcome {}

    /**
     * Nothing that messages can be read by.
     *
     * @param problems at least one, each as {@code what (cure)}
     */
    record Unusable(List<String> problems) implements Outcome {
      public Unusable {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Never throws, whatever the bytes. */
  public static Outcome read(byte[] bytes) {
    try {
      FileDescriptorSet files = FileDescriptorSet.parseFrom(bytes);
      return files.getFileCount() == 0
          ? unusable("holds no .proto (" + PROTOC + ")")
          : link(files.getFileList(), digest(bytes));
    } catch (InvalidProtocolBufferException noSet) {
      return unusable("no set of descriptors (" + PROTOC + ")");
    } catch (RuntimeException | StackOverflowError unforeseen) {
      // The library's own faults: to the author of the file they are faults of the file.
      return unusable("cannot be linked (" + PROTOC + ")");
    }
  }

  /** Round by round, each file once all that it imports is there: no recursion, no order needed. */
  private static Outcome link(List<FileDescriptorProto> files, String digest) {
    Map<String, FileDescriptorProto> open = new LinkedHashMap<>();
    files.forEach(file -> open.put(file.getName(), file));
    List<String> problems = missingImports(open);
    if (!problems.isEmpty()) {
      return new Outcome.Unusable(problems);
    }
    Map<String, FileDescriptor> linked = new LinkedHashMap<>();
    while (!open.isEmpty()) {
      List<FileDescriptorProto> ready =
          open.values().stream()
              .filter(file -> linked.keySet().containsAll(file.getDependencyList()))
              .toList();
      if (ready.isEmpty()) {
        return unusable(
            "import each other: " + String.join(", ", open.keySet()) + " (" + PROTOC + ")");
      }
      for (FileDescriptorProto file : ready) {
        open.remove(file.getName());
        try {
          linked.put(file.getName(), link(file, linked));
        } catch (DescriptorValidationException invalid) {
          return unusable(file.getName() + ": " + invalid.getMessage() + " (" + PROTOC + ")");
        }
      }
    }
    return new Outcome.Linked(new DescriptorSet(digest, linked.values()));
  }

  private static FileDescriptor link(FileDescriptorProto file, Map<String, FileDescriptor> linked)
      throws DescriptorValidationException {
    FileDescriptor[] imports =
        file.getDependencyList().stream().map(linked::get).toArray(FileDescriptor[]::new);
    return FileDescriptor.buildFrom(file, imports);
  }

  private static List<String> missingImports(Map<String, FileDescriptorProto> files) {
    List<String> problems = new ArrayList<>();
    for (FileDescriptorProto file : files.values()) {
      for (String imported : file.getDependencyList()) {
        if (!files.containsKey(imported)) {
          problems.add(
              file.getName()
                  + " imports "
                  + imported
                  + ", which is not in the set (make it with protoc --include_imports)");
        }
      }
    }
    return problems;
  }

  private static Outcome unusable(String problem) {
    return new Outcome.Unusable(List.of(problem));
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
