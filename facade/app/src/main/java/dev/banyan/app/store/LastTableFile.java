package dev.banyan.app.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The stages last in force, on disk: what the facade starts from when its database is away. */
public final class LastTableFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public LastTableFile(Path file) {
    this.file = file;
  }

  /**
   * What was in force.
   *
   * @param stages by route id, in written form
   */
  record Written(long revision, String rulesDigest, Map<String, String> stages) {}

  /** Replaces the file whole: after a crash there is the old one or the new one. */
  public void write(RoutingTable table) {
    Map<String, String> stages = new TreeMap<>();
    table.stages().forEach((id, stage) -> stages.put(id, stage.text()));
    try {
      byte[] bytes =
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(new Written(table.revision(), table.rules().digest(), stages));
      Path next = file.resolveSibling(file.getFileName() + ".next");
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException("last table: " + file + " could not be written", failure);
    }
  }

  /** What was written last; none if there is no file or it cannot be read. */
  Optional<Written> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Written written = JSON.readValue(file.toFile(), Written.class);
      stages(written);
      return Optional.of(written);
    } catch (IOException | RuntimeException damaged) {
      System.getLogger(LastTableFile.class.getName())
          .log(System.Logger.Level.ERROR, "last table: " + file + " cannot be read", damaged);
      return Optional.empty();
    }
  }

  static Map<String, Stage> stages(Written written) {
    Map<String, Stage> stages = new LinkedHashMap<>();
    written.stages().forEach((id, text) -> stages.put(id, Stage.parse(text)));
    return stages;
  }
}
