package dev.banyan.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMarksTest {
  @TempDir Path folder;

  @Test
  void aReplacedFileIsSeenThoughSizeAndTimeAreTheSame() throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), "one");
    FileMarks before = FileMarks.of(file, List.of());
    FileTime time = Files.getLastModifiedTime(file);

    Path next = Files.writeString(folder.resolve("next"), "two");
    Files.setLastModifiedTime(next, time);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);

    assertThat(FileMarks.of(file, List.of())).isNotEqualTo(before);
  }

  @Test
  void filesThatComeAndGoAreSeenAndOthersAreNot() throws Exception {
    Files.writeString(folder.resolve("a.yaml"), "one");
    FileMarks before = FileMarks.of(folder, List.of());

    Files.writeString(folder.resolve(".a.yaml.swp"), "editor");
    Files.writeString(folder.resolve("notes.txt"), "no rules");
    assertThat(FileMarks.of(folder, List.of())).isEqualTo(before);

    Path added = Files.writeString(folder.resolve("b.yml"), "two");
    assertThat(FileMarks.of(folder, List.of())).isNotEqualTo(before);
    Files.delete(added);
    assertThat(FileMarks.of(folder, List.of())).isEqualTo(before);
  }

  @Test
  void aFileThatIsGoneIsAStateOfItsOwn() throws Exception {
    Path file = folder.resolve("a.yaml");
    FileMarks gone = FileMarks.of(file, List.of());

    Files.writeString(file, "one");

    assertThat(FileMarks.of(file, List.of())).isNotEqualTo(gone);
  }

  @Test
  void filesBesideTheRulesCountWhereverTheyAre() throws Exception {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), "version: 1");
    Path set = folder.resolve("orders.binpb");
    FileMarks missing = FileMarks.of(rules, List.of(set));

    Files.writeString(set, "one");

    assertThat(FileMarks.of(rules, List.of(set))).isNotEqualTo(missing);
    assertThat(FileMarks.of(folder, List.of(set))).isNotEqualTo(FileMarks.of(folder, List.of()));
  }
}
