package dev.banyan.app.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.WatchState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

  /** As written; instants in ISO 8601. */
  record Written(
      String at,
      String cool,
      List<String> reasons,
      @Nullable String acknowledgedBy,
      @Nullable String acknowledgedAt) {
    static Written of(WatchState.Breached breach) {
      return new Written(
          breach.at().toString(), breach.cool().toString(), breach.reasons(), null, null);
    }

    static Written of(WatchState.Acknowledged state) {
      WatchState.Breached breach = state.breach();
      return new Written(
          breach.at().toString(),
          breach.cool().toString(),
          breach.reasons(),
          state.who(),
          state.at().toString());
    }

    WatchState state() {
      WatchState.Breached breach =
          new WatchState.Breached(Instant.parse(at), Instant.parse(cool), reasons);
      return acknowledgedBy == null || acknowledgedAt == null
          ? breach
          : breach.acknowledge(acknowledgedBy, Instant.parse(acknowledgedAt));
    }
  }

  /**
   * Writes down what the watch knows now. A full disk is logged, and keeps nothing from serving.
   */
  public synchronized void write(FlipWatch watch) {
    Map<String, Written> all = new TreeMap<>();
    watch
        .states()
        .forEach(
            (routeId, state) -> {
              switch (state) {
                case WatchState.Breached breach -> all.put(routeId, Written.of(breach));
                case WatchState.Acknowledged seen -> all.put(routeId, Written.of(seen));
                case WatchState.Watching nothing -> {}
              }
            });
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
      JSON.readValue(file.toFile(), new TypeReference<Map<String, Written>>() {})
          .forEach((routeId, written) -> states.put(routeId, written.state()));
      return states;
    } catch (IOException | RuntimeException damaged) {
      LOG.log(Level.ERROR, "breaches: " + file + " cannot be read", damaged);
      return Map.of();
    }
  }
}
