package dev.banyan.app.offline;

import dev.banyan.contracts.recordings.Pairing;
import dev.banyan.contracts.recordings.Pairing.Unpaired;
import dev.banyan.contracts.recordings.RecordingReader;
import dev.banyan.contracts.recordings.UnreadableRecording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Control and candidate from the files or folders that are named. */
final class Halves {
  private static final int MAX_FILES = 100_000;

  private final RecordingReader reader;

  Halves(RecordingReader reader) {
    this.reader = reader;
  }

  /**
   * Reads, and hands on what is to be compared, in parts: no more than two files are held at a
   * time.
   *
   * @param places one with both halves, or two: the control's and the candidate's
   */
  void each(List<Path> places, Consumer<Pairing> sink) throws UnreadableRecording, WrongUsage {
    Path control = places.getFirst();
    if (places.size() == 1) {
      if (Files.isDirectory(control)) {
        throw new WrongUsage(
            "file: " + control + " is a folder (expected: a second folder beside it)");
      }
      sink.accept(Pairing.within(reader.read(control)));
      return;
    }
    Path candidate = places.get(1);
    if (Files.isDirectory(control) != Files.isDirectory(candidate)) {
      throw new WrongUsage(
          "files: " + control + " and " + candidate + " (expected: two files, or two folders)");
    }
    if (Files.isDirectory(control)) {
      folders(control, candidate, sink);
    } else {
      sink.accept(Pairing.of(reader.read(control), reader.read(candidate)));
    }
  }

  /** Files of one name are halves of each other. */
  private void folders(Path control, Path candidate, Consumer<Pairing> sink)
      throws UnreadableRecording {
    NavigableSet<String> left = names(control);
    NavigableSet<String> right = names(candidate);
    NavigableSet<String> all = new TreeSet<>(left);
    all.addAll(right);
    for (String name : all) {
      if (left.contains(name) && right.contains(name)) {
        sink.accept(
            Pairing.of(reader.read(control.resolve(name)), reader.read(candidate.resolve(name))));
      } else {
        Path folder = left.contains(name) ? control : candidate;
        String why =
            left.contains(name) ? "only in the control's folder" : "only in the candidate's folder";
        sink.accept(
            new Pairing(
                List.of(), List.of(new Unpaired(folder.resolve(name).toString(), name, why))));
      }
    }
  }

  /** Relative to the folder; what is hidden, and captures' indexes, are nobody's answers. */
  private static NavigableSet<String> names(Path folder) throws UnreadableRecording {
    try (Stream<Path> files = Files.walk(folder)) {
      NavigableSet<String> names = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .map(folder::relativize)
          .filter(file -> !isHidden(file))
          .map(Path::toString)
          .filter(name -> !name.endsWith(".tsv"))
          .limit(MAX_FILES + 1L)
          .forEach(names::add);
      if (names.size() > MAX_FILES) {
        throw new UnreadableRecording(
            folder.toString(), "files", "more", "at most " + MAX_FILES + "; compare parts of it");
      }
      return names;
    } catch (IOException | UncheckedIOException failure) {
      throw new UnreadableRecording(
          folder.toString(), "folder", String.valueOf(failure.getMessage()), "a folder of files");
    }
  }

  /** It, or a folder that it is in, begins with a dot, as an editor or a version control has it. */
  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
