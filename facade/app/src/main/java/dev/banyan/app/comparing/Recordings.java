package dev.banyan.app.comparing;

import dev.banyan.app.DataFolder;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractRecorder;
import dev.banyan.contracts.ContractYaml;
import dev.banyan.contracts.LeftOut;
import dev.banyan.contracts.RequestSender;
import dev.banyan.contracts.RequestSender.Host;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.HostPolicy;
import dev.banyan.rules.RouteTarget;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Contracts being recorded, and those kept in the data folder. Blocking. */
@Singleton
public class Recordings {
  private static final System.Logger LOG = System.getLogger(Recordings.class.getName());
  private static final Duration ASK_ONE = Duration.ofSeconds(10);

  /** Somebody waits for the contract: a legacy that hangs makes places less known, not later. */
  private static final Duration ASK_ALL = Duration.ofSeconds(20);

  private final TableKeeper tables;
  private final DataFolder data;
  private final Privacy privacy;
  private final Map<String, Recording> running = new ConcurrentHashMap<>();

  /** What the last finished recording of a route left out. */
  private final Map<String, Map<LeftOut, Long>> ended = new ConcurrentHashMap<>();

  /** A recording under way. */
  public record Recording(ContractRecorder recorder, int limit) {}

  Recordings(TableKeeper tables, DataFolder data, Privacy privacy) {
    this.tables = tables;
    this.data = data;
    this.privacy = privacy;
  }

  /** Where and how the legacy side of a route is asked. */
  private record Legacy(URI url, HostPolicy host) {}

  /**
   * Starts; false if the route is being recorded already.
   *
   * @param profile the name of the profile that the route is compared by
   */
  public boolean start(String routeId, String profile, int limit) {
    CompareProfile compared =
        tables.get().rules().profiles().getOrDefault(profile, CompareProfile.STRICT);
    Recording recording = new Recording(ContractRecorder.start(routeId, compared, limit), limit);
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

  /** Legacy was sent a request of a client once more. */
  void askedAgain(String routeId, RequestCopy request, Observation again) {
    Recording recording = running.get(routeId);
    if (recording != null) {
      recording.recorder().askedAgain(request, again);
    }
  }

  /** What the recording under way leaves out, or what the last one did, by reason. */
  public Map<String, Long> leftOut(String routeId) {
    Recording recording = running.get(routeId);
    Map<LeftOut, Long> counts =
        recording == null ? ended.getOrDefault(routeId, Map.of()) : recording.recorder().leftOut();
    Map<String, Long> words = new TreeMap<>();
    counts.forEach((why, count) -> words.put(why.word(), count));
    return words;
  }

  /**
   * Ends the recording. Safe requests are sent to the legacy once more first, as their clients sent
   * them: what differs between two answers of the same system is volatile.
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
    Contract recorded = recording.recorder().finish(Clock.systemUTC().instant());
    Contract contract = privacy.masked(recorded);
    remember(routeId, recording.recorder(), recorded, contract);
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

  private void remember(
      String routeId, ContractRecorder recorder, Contract recorded, Contract masked) {
    Map<LeftOut, Long> counts = recorder.leftOut();
    int hidden = recorded.interactions().size() - masked.interactions().size();
    if (hidden > 0) {
      counts.put(LeftOut.PRIVATE, (long) hidden);
    }
    ended.put(routeId, counts);
  }

  private static void askAgain(ContractRecorder recorder, Legacy legacy) {
    long end = System.nanoTime() + ASK_ALL.toNanos();
    try (RequestSender sender = RequestSender.to(legacy.url(), ASK_ONE, Host.AS_RECORDED)) {
      for (RequestCopy original : recorder.toAskAgain()) {
        if (System.nanoTime() - end > 0) {
          return;
        }
        recorder.askedAgain(original, sender.send(addressed(original, legacy.host())));
      }
    } catch (IllegalStateException noHost) {
      // Another host may answer for another site; less is known then, and nothing is wrong.
      LOG.log(System.Logger.Level.WARNING, "legacy is not asked again: " + noHost.getMessage());
    }
  }

  /** With the Host that the upstream gets; without one, the client sends that of the URL. */
  private static RequestCopy addressed(RequestCopy request, HostPolicy policy) {
    if (policy instanceof HostPolicy.Keep) {
      return request;
    }
    List<Headers.Field> fields = new ArrayList<>();
    for (Headers.Field field : request.headers().fields()) {
      if (!field.name().equalsIgnoreCase("host")) {
        fields.add(field);
      }
    }
    if (policy instanceof HostPolicy.Named(String host)) {
      fields.add(new Headers.Field("Host", host));
    }
    return new RequestCopy(request.method(), request.target(), new Headers(fields), request.body());
  }

  private Optional<Legacy> legacyOf(String routeId) {
    return tables
        .get()
        .route(routeId)
        .flatMap(
            route ->
                route.target() instanceof RouteTarget.Forward forward
                    ? Optional.of(forward)
                    : Optional.empty())
        .flatMap(
            forward ->
                Optional.ofNullable(tables.get().rules().upstreams().get(forward.legacy()))
                    .map(upstream -> new Legacy(upstream.urls().getFirst(), forward.host())));
  }
}
