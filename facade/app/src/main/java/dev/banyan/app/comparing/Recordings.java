package dev.banyan.app.comparing;

import dev.banyan.app.DataFolder;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractRecorder;
import dev.banyan.contracts.ContractYaml;
import dev.banyan.contracts.RequestSender;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.MethodOverride;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.ShadowPolicy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Contracts being recorded, and those kept in the data folder. Blocking. */
@Singleton
public class Recordings {
  private static final Duration ASK_ONE = Duration.ofSeconds(10);

  /** Somebody waits for the contract: a legacy that hangs makes places less known, not later. */
  private static final Duration ASK_ALL = Duration.ofSeconds(20);

  private final TableKeeper tables;
  private final DataFolder data;
  private final Privacy privacy;
  private final Map<String, Recording> running = new ConcurrentHashMap<>();

  /** A recording under way. */
  public record Recording(ContractRecorder recorder, int limit) {}

  Recordings(TableKeeper tables, DataFolder data, Privacy privacy) {
    this.tables = tables;
    this.data = data;
    this.privacy = privacy;
  }

  /** Starts; false if the route is being recorded already. */
  public boolean start(String routeId, String profile, int limit) {
    Recording recording = new Recording(ContractRecorder.start(routeId, profile, limit), limit);
    if (running.putIfAbsent(routeId, recording) != null) {
      return false;
    }
    tables.record(routeId);
    return true;
  }

  public Optional<Recording> of(String routeId) {
    return Optional.ofNullable(running.get(routeId));
  }

  void offer(String routeId, RequestCopy request, Observation answer) {
    Recording recording = running.get(routeId);
    if (recording != null) {
      recording.recorder().offer(request, answer);
    }
  }

  /**
   * Ends the recording. Safe requests are sent to the legacy once more first: what differs between
   * two answers of the same system is volatile.
   *
   * @return the contract's YAML; none if nothing was being recorded
   */
  public Optional<String> finish(String routeId) throws IOException {
    Recording recording = running.remove(routeId);
    if (recording == null) {
      return Optional.empty();
    }
    tables.stopRecording(routeId);
    legacyOf(routeId).ifPresent(legacy -> askAgain(recording.recorder(), legacy));
    // Masked only now: requests to ask again with must be those that select the data.
    Contract contract = privacy.masked(recording.recorder().finish(Clock.systemUTC().instant()));
    String yaml = ContractYaml.write(contract);
    if (!contract.interactions().isEmpty()) {
      Files.writeString(file(routeId), yaml);
    }
    return Optional.of(yaml);
  }

  /** Where a route's contract is kept. Route ids hold no slash, so this stays in the folder. */
  public Path file(String routeId) throws IOException {
    return data.contracts().resolve(routeId + ".yaml");
  }

  private static void askAgain(ContractRecorder recorder, URI legacy) {
    long end = System.nanoTime() + ASK_ALL.toNanos();
    try (RequestSender sender = RequestSender.to(legacy, ASK_ONE)) {
      for (RequestCopy known : recorder.requests()) {
        if (System.nanoTime() - end > 0) {
          return;
        }
        if (isSafe(known)) {
          recorder.offer(known, sender.send(known));
        }
      }
    }
  }

  private static boolean isSafe(RequestCopy known) {
    return ShadowPolicy.SAFE_METHODS.contains(known.method())
        && !MethodOverride.isAsked(name -> known.headers().first(name).isPresent());
  }

  private Optional<URI> legacyOf(String routeId) {
    return tables
        .get()
        .route(routeId)
        .map(route -> route.target() instanceof RouteTarget.Forward f ? f.legacy() : "")
        .map(name -> tables.get().rules().upstreams().get(name))
        .map(upstream -> upstream.urls().getFirst());
  }
}
