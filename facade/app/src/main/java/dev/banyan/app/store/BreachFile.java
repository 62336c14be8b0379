package dev.banyan.app.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.WatchState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Breaches on disk, so that a restart does not forget what nobody has acknowledged yet; a database
 * may be away when they happen.
 */
public final class BreachFile {
  private static final System.Logger LOG = System.getLogger(BreachFile.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public BreachFile(Path file) {
    this.file = file;
  }

  /**
   * Writes down what the watch knows now. A full disk is logged, and keeps nothing from serving.
   */
  public synchronized void write(FlipWatch watch) {
    Map<String, WrittenBreach> all = new TreeMap<>();
    watch
        .states()
        .forEach(
            (routeId, state) ->
                WrittenBreach.of(state).ifPresent(written -> all.put(routeId, written)));
    try {
      new WholeFile(file).replace(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    } catch (IOException failure) {
      LOG.log(Level.ERROR, "the breaches are not on disk: " + file, failure);
    }
  }

  /** What was written last; nothing if there is no file or it cannot be read. */
  public Map<String, WatchState> read() {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      Map<String, WatchState> states = new HashMap<>();
      JSON.readValue(file.toFile(), new TypeReference<Map<String, WrittenBreach>>() {})
          .forEach((routeId, written) -> states.put(routeId, written.state()));
      return states;
    } catch (IOException | RuntimeException damaged) {
      LOG.log(Level.ERROR, "breaches: " + file + " cannot be read", damaged);
      return Map.of();
    }
  }
}
