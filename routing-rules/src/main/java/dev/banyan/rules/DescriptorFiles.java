package dev.banyan.rules;

import dev.banyan.rules.protobuf.DescriptorReader;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The sets of descriptors that one rule set names, each read once. */
final class DescriptorFiles {
  private final Map<Path, Read> byFile = new HashMap<>();

  /** Either a set, or what is wrong with the file, each as {@code what (cure)}. */
  private record Read(Optional<DescriptorSet> set, List<String> problems) {}

  /** The set that a key names, relative to its rule file; what is wrong with it is a problem. */
  Optional<DescriptorSet> read(RuleNode node) {
    Optional<String> written = node.text();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Path file;
    try {
      file = Path.of(node.file()).resolveSibling(written.get()).normalize();
    } catch (InvalidPathException notAPath) {
      node.problem("descriptors: " + written.get(), "expected the path of a file");
      return Optional.empty();
    }
    Read read = byFile.computeIfAbsent(file, DescriptorFiles::load);
    for (String problem : read.problems()) {
      int cure = problem.lastIndexOf(" (");
      node.problem(
          "descriptors: " + written.get() + ": " + problem.substring(0, cure),
          problem.substring(cure + 2, problem.length() - 1));
    }
    return read.set();
  }

  /** All files that were looked at, those that are missing too. */
  Set<Path> looked() {
    return Set.copyOf(byFile.keySet());
  }

  /** Of the sets that were read, in an order that does not depend on where they stand. */
  Set<String> digests() {
    Set<String> digests = new TreeSet<>();
    byFile.values().forEach(read -> read.set().map(DescriptorSet::digest).ifPresent(digests::add));
    return digests;
  }

  private static Read load(Path file) {
    if (!Files.isRegularFile(file)) {
      // A pipe or a device could be read for ever.
      return failed("there is no such file (expected a path relative to this rule file)");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(DescriptorReader.MAX_BYTES + 1);
      if (bytes.length > DescriptorReader.MAX_BYTES) {
        return failed("too large (expected at most 16 MB)");
      }
      return switch (DescriptorReader.read(bytes)) {
        case DescriptorReader.Outcome.Linked(DescriptorSet set) ->
            new Read(Optional.of(set), List.of());
        case DescriptorReader.Outcome.Unusable(List<String> problems) ->
            new Read(Optional.empty(), problems);
      };
    } catch (IOException unreadable) {
      return failed("cannot be read (check its rights)");
    }
  }

  private static Read failed(String problem) {
    return new Read(Optional.empty(), List.of(problem));
  }
}
