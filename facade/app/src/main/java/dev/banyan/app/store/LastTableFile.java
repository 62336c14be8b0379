package dev.banyan.app.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.migration.PendingRollback;
import dev.banyan.migration.Swapped;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
   * @param rolloutIds what places clients among all clients, by route id
   * @param pendingRollbacks in force, and not known to the ledger when this was written
   */
  record Written(
      long revision,
      String rulesDigest,
      Map<String, String> stages,
      Map<String, String> rolloutIds,
      List<Pending> pendingRollbacks) {
    /** Files of earlier builds hold the first three alone. */
    @JsonCreator
    static Written of(
        @JsonProperty("revision") long revision,
        @JsonProperty("rulesDigest") String rulesDigest,
        @JsonProperty("stages") Map<String, String> stages,
        @JsonProperty("rolloutIds") @Nullable Map<String, String> rolloutIds,
        @JsonProperty("pendingRollbacks") @Nullable List<Pending> pendingRollbacks) {
      return new Written(
          revision,
          rulesDigest,
          stages,
          rolloutIds == null ? Map.of() : rolloutIds,
          pendingRollbacks == null ? List.of() : pendingRollbacks);
    }
  }

  /** A rollback as it is written; {@code at} is an instant in ISO 8601. */
  record Pending(String routeId, String from, String who, String why, String at) {
    static Pending of(PendingRollback rollback) {
      return new Pending(
          rollback.routeId(),
          rollback.from().text(),
          rollback.who(),
          rollback.why(),
          rollback.at().toString());
    }

    PendingRollback rollback() {
      return new PendingRollback(routeId, Stage.parse(from), who, why, Instant.parse(at));
    }
  }

  /** Replaces the file whole: after a crash there is the old one or the new one. */
  public void write(Swapped news) {
    RoutingTable table = news.table();
    Map<String, String> stages = new TreeMap<>();
    table.stages().forEach((id, stage) -> stages.put(id, stage.text()));
    try {
      Written written =
          new Written(
              table.revision(),
              table.rules().digest(),
              stages,
              new TreeMap<>(news.rolloutIds()),
              news.pending().stream().map(Pending::of).toList());
      byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(written);
      new WholeFile(file).replace(bytes);
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
      pendingRollbacks(written);
      return Optional.of(written);
    } catch (IOException | RuntimeException damaged) {
      System.getLogger(LastTableFile.class.getName())
          .log(System.Logger.Level.ERROR, "last table: " + file + " cannot be read", damaged);
      return Optional.empty();
    }
  }

  static List<PendingRollback> pendingRollbacks(Written written) {
    return written.pendingRollbacks().stream().map(Pending::rollback).toList();
  }

  static Map<String, Stage> stages(Written written) {
    Map<String, Stage> stages = new LinkedHashMap<>();
    written.stages().forEach((id, text) -> stages.put(id, Stage.parse(text)));
    return stages;
  }
}
