package dev.banyan.rules;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a rule set from a YAML file, or from all {@code *.yaml} and {@code *.yml} files of a
 * folder.
 */
public final class RuleSetReader {
  private static final long MAX_BYTES = 8L * 1024 * 1024;

  private RuleSetReader() {}

  public static ReadResult read(Path fileOrFolder) {
    Problems problems = new Problems();
    Map<String, String> sources = new TreeMap<>();
    if (Files.isDirectory(fileOrFolder)) {
      for (Path file : filesOf(fileOrFolder, problems)) {
        load(file, sources, problems);
      }
      if (sources.isEmpty() && problems.none()) {
        problems.add(
            fileOrFolder.toString(),
            1,
            "folder",
            "no rules here (expected files that end in .yaml)");
      }
    } else {
      load(fileOrFolder, sources, problems);
    }
    return assemble(sources, problems);
  }

  /** Reads one document from memory; {@code name} stands for the file in problems. */
  public static ReadResult read(String name, String text) {
    return assemble(Map.of(name, text), new Problems());
  }

  private static ReadResult assemble(Map<String, String> sources, Problems problems) {
    RuleSetAssembly assembly = new RuleSetAssembly(problems);
    sources.forEach(assembly::add);
    return assembly.finish(digest(sources));
  }

  private static List<Path> filesOf(Path folder, Problems problems) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml") || f.toString().endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      problems.add(folder.toString(), 1, "folder", "cannot be read (check its rights)");
      return List.of();
    }
  }

  private static void load(Path file, Map<String, String> sources, Problems problems) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.add(file.toString(), 1, "file", "too large (expected at most 8 MB)");
        return;
      }
      byte[] bytes = Files.readAllBytes(file);
      sources.put(
          file.toString(),
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      problems.add(file.toString(), 1, "file", "not UTF-8 (save it as UTF-8)");
    } catch (IOException unreadable) {
      problems.add(
          file.toString(),
          1,
          "file",
          "cannot be read: " + unreadable.getMessage() + " (check the path and its rights)");
    }
  }

  private static String digest(Map<String, String> sources) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new TreeMap<>(sources)
          .values()
          .forEach(
              text -> {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
