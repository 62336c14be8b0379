package dev.banyan.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads a rule set from a YAML file, or from all {@code *.yaml} and {@code *.yml} files of a folder
 * (but not of the folders in it, nor hidden ones). All of it is accepted, or nothing: then every
 * problem is told in one go. Bad input, whatever its bytes, is a problem and never an exception.
 */
public final class RuleSetReader {
  /** Bytes of one file, before it is looked at. */
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private RuleSetReader() {}

  public static ReadResult read(Path fileOrFolder) {
    return read(fileOrFolder, beside -> {});
  }

  /**
   * The same, for who wants to know what else a change of would be a change of the rules.
   *
   * @param beside told the files that rule files name and that were looked at, also those that are
   *     missing
   */
  public static ReadResult read(Path fileOrFolder, Consumer<Set<Path>> beside) {
    Problems problems = new Problems();
    return assemble(fileOrFolder.toString(), sources(fileOrFolder, problems), problems, beside);
  }

  private static Map<String, String> sources(Path fileOrFolder, Problems problems) {
    Map<String, String> sources = new TreeMap<>();
    if (Files.isDirectory(fileOrFolder)) {
      List<Path> files = filesOf(fileOrFolder, problems);
      files.forEach(file -> load(file, sources, problems));
      if (files.isEmpty() && problems.count() == 0) {
        String what = "no rule files here (expected files that end in .yaml or .yml)";
        problems.add(fileOrFolder.toString(), 1, "folder", what);
      }
    } else {
      load(fileOrFolder, sources, problems);
    }
    return sources;
  }

  /** Reads one document from memory; {@code name} stands for the file in problems. */
  public static ReadResult read(String name, String text) {
    return assemble(name, Map.of(name, text), new Problems(), beside -> {});
  }

  /** Reads the files of a rule set from memory, by name. */
  static ReadResult read(Map<String, String> sources) {
    return assemble("rules", sources, new Problems(), beside -> {});
  }

  /**
   * The texts of a file, or of the rule files of a folder, by name.
   *
   * @throws IOException where one of them cannot be read as a rule file would be; says why
   */
  public static Map<String, String> sources(Path fileOrFolder) throws IOException {
    Problems problems = new Problems();
    Map<String, String> sources = sources(fileOrFolder, problems);
    if (problems.count() > 0) {
      throw new IOException(problems.sorted().getFirst().toString());
    }
    return sources;
  }

  private static ReadResult assemble(
      String name, Map<String, String> sources, Problems problems, Consumer<Set<Path>> beside) {
    RuleSetAssembly assembly = new RuleSetAssembly(problems);
    if (problems.count() > 0) {
      assembly.missesAFile();
    }
    sources.forEach(assembly::add);
    if (problems.count() == 0 && !assembly.hasRoutes()) {
      problems.add(name, 1, "routes", "no route is written (write at least one under routes)");
    }
    beside.accept(assembly.descriptors().looked());
    return assembly.finish(digest(sources, assembly.descriptors().digests()));
  }

  private static List<Path> filesOf(Path folder, Problems problems) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(RuleSetReader::isRuleFile).sorted().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      problems.add(folder.toString(), 1, "folder", "cannot be read (check its rights)");
      return List.of();
    }
  }

  private static boolean isRuleFile(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml"))
        && !Files.isDirectory(file);
  }

  private static void load(Path file, Map<String, String> sources, Problems problems) {
    String name = file.toString();
    if (!Files.exists(file)) {
      problems.add(name, 1, "file", "there is no such file (check the path)");
    } else if (!Files.isRegularFile(file)) {
      // A pipe or a device could be read for ever.
      problems.add(name, 1, "file", "not a regular file (expected a file or a folder)");
    } else {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          problems.add(name, 1, "file", "too large (expected at most 4 MB)");
          return;
        }
        ByteBuffer wrapped = ByteBuffer.wrap(bytes);
        sources.put(name, StandardCharsets.UTF_8.newDecoder().decode(wrapped).toString());
      } catch (CharacterCodingException notUtf8) {
        problems.add(name, 1, "file", "not UTF-8 (save it as UTF-8)");
      } catch (IOException unreadable) {
        problems.add(name, 1, "file", "cannot be read (check its rights)");
      }
    }
  }

  /**
   * SHA-256 over the texts in the order of the files' names, each ended by a zero byte, then over
   * the digests of what they name.
   */
  private static String digest(Map<String, String> sources, Set<String> beside) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : new TreeMap<>(sources).values()) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      beside.forEach(other -> digest.update(other.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
