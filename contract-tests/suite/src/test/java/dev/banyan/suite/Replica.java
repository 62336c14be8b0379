package dev.banyan.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** One of several facades on one database: it may be killed, and the balancer knows. */
final class Replica implements AutoCloseable {
  /** A balancer that asks once a second. */
  private static final long FOUND_OUT_AFTER_MILLIS = 500;

  private final String name;
  private final Path accessLog;
  private final Facade facade;

  /** When it was killed. Grows just before each kill: what was sent before may have met it. */
  private final List<Instant> kills = new CopyOnWriteArrayList<>();

  private volatile boolean up = true;
  private volatile boolean inRotation = true;

  private Replica(String name, Path accessLog, Facade facade) {
    this.name = name;
    this.accessLog = accessLog;
    this.facade = facade;
  }

  static Replica start(Path home, String name, String rules, StoppableDatabase database)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectory(home.resolve(name));
    Path accessLog = folder.resolve("access.log");
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("BANYAN_ACCESS_LOG", accessLog.toString());
    return new Replica(name, accessLog, Facade.start(folder, rules, environment));
  }

  String name() {
    return name;
  }

  Facade facade() {
    return facade;
  }

  /** Whether it is there and ready. */
  boolean up() {
    return up;
  }

  /** Whether the balancer sends it requests: it finds out some time after a kill. */
  boolean inRotation() {
    return inRotation;
  }

  List<Instant> kills() {
    return kills;
  }

  void kill() throws InterruptedException {
    kills.add(Instant.now());
    up = false;
    facade.kill();
    TimeUnit.MILLISECONDS.sleep(FOUND_OUT_AFTER_MILLIS);
    inRotation = false;
  }

  void restart() throws IOException, InterruptedException {
    facade.restart();
    up = true;
    inRotation = true;
  }

  /** The revision in force here; -1 where it does not answer. Asks no database. */
  long serving() throws InterruptedException {
    try {
      return facade.read("/api/v1/routes").path("revision").asLong();
    } catch (IOException away) {
      return -1;
    }
  }

  /** Its access lines; one that a kill cut is left out. */
  List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(accessLog, StandardCharsets.UTF_8)) {
      try {
        lines.add(Facade.JSON.readTree(line));
      } catch (JsonProcessingException cut) {
        // The next process began a line of its own.
      }
    }
    return lines;
  }

  @Override
  public void close() {
    facade.close();
  }
}
