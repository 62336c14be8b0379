package dev.banyan.app.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How the rule files look from outside: which there are, and each one's inode, size and time, links
 * followed (an editor replaces the file, Kubernetes the folder that {@code ..data} names).
 */
record FileMarks(Map<String, String> byFile) {
  FileMarks {
    byFile = Map.copyOf(byFile);
  }

  /**
   * @param beside further files, which need not be there
   */
  static FileMarks of(Path fileOrFolder, List<Path> beside) {
    List<Path> all = new ArrayList<>(files(fileOrFolder));
    all.addAll(beside);
    return of(all);
  }

  static FileMarks of(List<Path> files) {
    Map<String, String> marks = new TreeMap<>();
    for (Path file : files) {
      marks.put(file.toString(), mark(file));
    }
    return new FileMarks(marks);
  }

  private static List<Path> files(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    try (Stream<Path> inside = Files.list(fileOrFolder)) {
      return inside.filter(FileMarks::isRuleFile).toList();
    } catch (IOException | UncheckedIOException away) {
      // Folders are swapped under our eyes; the next look sees the new one.
      return List.of();
    }
  }

  private static boolean isRuleFile(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private static String mark(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return seen.fileKey() + " " + seen.size() + " " + seen.lastModifiedTime().toInstant();
    } catch (IOException gone) {
      return "gone";
    }
  }
}
