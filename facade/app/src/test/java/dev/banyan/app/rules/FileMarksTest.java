package dev.banyan.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMarksTest {
  @TempDir Path folder;

  @Test
  void aReplacedFileIsSeenThoughSizeAndTimeAreTheSame() throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), "one");
    FileMarks before = FileMarks.of(file);
    FileTime time = Files.getLastModifiedTime(file);

    Path next = Files.writeString(folder.resolve("next"), "two");
    Files.setLastModifiedTime(next, time);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);

    assertThat(FileMarks.of(file)).isNotEqualTo(before);
  }

  @Test
  void filesThatComeAndGoAreSeenAndOthersAreNot() throws Exception {
    Files.writeString(folder.resolve("a.yaml"), "one");
    FileMarks before = FileMarks.of(folder);

    Files.writeString(folder.resolve(".a.yaml.swp"), "editor");
    Files.writeString(folder.resolve("notes.txt"), "no rules");
    assertThat(FileMarks.of(folder)).isEqualTo(before);

    Path added = Files.writeString(folder.resolve("b.yml"), "two");
    assertThat(FileMarks.of(folder)).isNotEqualTo(before);
    Files.delete(added);
    assertThat(FileMarks.of(folder)).isEqualTo(before);
  }

  @Test
  void aFileThatIsGoneIsAStateOfItsOwn() throws Exception {
    Path file = folder.resolve("a.yaml");
    FileMarks gone = FileMarks.of(file);

    Files.writeString(file, "one");

    assertThat(FileMarks.of(file)).isNotEqualTo(gone);
  }
}
