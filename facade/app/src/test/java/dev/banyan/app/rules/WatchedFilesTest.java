package dev.banyan.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {
  @TempDir Path folder;

  @Test
  void filesAreReadOnceTheyAreStillAndAgainWhenTheyChangeMeanwhile() throws Exception {
    Path certificate = Files.writeString(folder.resolve("a.crt"), "one");
    Path key = Files.writeString(folder.resolve("a.key"), "one");
    AtomicInteger readings = new AtomicInteger();
    WatchedFiles watched =
        new WatchedFiles(() -> FileMarks.of(List.of(certificate, key)), readings::incrementAndGet);

    watched.look();
    assertThat(readings).hasValue(0);

    Files.writeString(certificate, "the second");
    watched.look();
    assertThat(readings).as("not still yet").hasValue(0);
    Files.writeString(key, "the second");
    watched.look();
    assertThat(readings).as("the other one follows").hasValue(0);
    watched.look();
    assertThat(readings).hasValue(1);
    watched.look();
    assertThat(readings).hasValue(1);

    Files.delete(key);
    watched.look();
    watched.look();
    assertThat(readings).hasValue(2);
  }
}
