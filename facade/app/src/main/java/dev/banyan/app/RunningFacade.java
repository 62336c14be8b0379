package dev.banyan.app;

import dev.banyan.app.comparing.ComparisonWorker;
import dev.banyan.app.comparing.ObservationIntake;
import dev.banyan.app.evidence.EvidenceLoop;
import dev.banyan.app.flipping.PromoterLoop;
import dev.banyan.app.flipping.WatchLoop;
import dev.banyan.app.security.SecretFile;
import dev.banyan.app.store.StoreLink;
import dev.banyan.migration.TableKeeper;
import dev.banyan.proxy.FacadeServer;
import dev.banyan.proxy.FacadeSettings;
import dev.banyan.proxy.upstream.UpstreamView;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The data plane with all that feeds it: rules → ledger → table → listen. */
@Singleton
public class RunningFacade {
  private static final Logger LOG = System.getLogger(RunningFacade.class.getName());

  private final DataFolder data;
  private final StoreLink store;
  private final TableKeeper tables;
  private final ObservationIntake intake;
  private final ComparisonWorker worker;
  private final WatchLoop watch;
  private final EvidenceLoop evidence;
  private final PromoterLoop promoter;
  private final Places places;
  private volatile @Nullable FacadeServer server;
  private volatile boolean leaving;

  RunningFacade(
      DataFolder data,
      StoreLink store,
      TableKeeper tables,
      ObservationIntake intake,
      ComparisonWorker worker,
      WatchLoop watch,
      EvidenceLoop evidence,
      PromoterLoop promoter,
      Places places) {
    this.data = data;
    this.store = store;
    this.tables = tables;
    this.intake = intake;
    this.worker = worker;
    this.watch = watch;
    this.evidence = evidence;
    this.promoter = promoter;
    this.places = places;
  }

  void start() throws IOException {
    store.open();
    worker.start();
    watch.start();
    evidence.start();
    promoter.start();
    FacadeSettings standard = FacadeSettings.onLoopback(places.port());
    FacadeServer started =
        FacadeServer.start(
            new FacadeSettings(
                places.host(),
                places.port(),
                standard.eventLoops(),
                places.edge().idleTimeout(),
                standard.shadowsInFlight(),
                standard.shadowBytes(),
                places.edge().trustedProxies().orElse(List.of()),
                places.edge().limits(),
                TlsSettings.of(ConfigProvider.getConfig())),
            tables,
            intake);
    server = started;
    announce(started);
  }

  /** The link that carries the token is printed once, when the token is made. */
  private void announce(FacadeServer started) throws IOException {
    // Quarkus sets this property to the port that it got, also where 0 was asked for.
    String adminPort = ConfigProvider.getConfig().getValue("quarkus.http.port", String.class);
    String admin = "http://" + places.adminHost() + ":" + adminPort;
    Files.writeString(data.adminUrlFile(), admin + "\n");
    String link =
        places.token() == SecretFile.Provided.MADE
            ? admin + "/?token=" + data.token()
            : admin + " (token: " + data.tokenFile() + ")";
    String plain = "http://" + places.host() + ":" + started.port();
    String tls =
        started.tlsPort().isEmpty()
            ? ""
            : " and https://" + places.host() + ":" + started.tlsPort().getAsInt();
    System.out.println("banyan: serving " + plain + tls + ", admin " + link);
    System.out.flush();
  }

  /** Reads certificate and key of the TLS port again; what cannot be taken changes nothing. */
  void reloadTls() {
    FacadeServer running = server;
    try {
      if (running != null && running.reloadTls()) {
        LOG.log(Level.INFO, "TLS certificate read again: new connections get it");
      }
    } catch (IllegalArgumentException unreadable) {
      LOG.log(
          Level.ERROR,
          "TLS certificate not taken, the running one stays: " + unreadable.getMessage());
    }
  }

  /** Whether the data plane listens, whoever is still to be sent to it. */
  public boolean listening() {
    return server != null;
  }

  /** Where it listens; 0 as long as it does not. */
  public int port() {
    FacadeServer running = server;
    return running == null ? 0 : running.port();
  }

  /** Whether new requests are welcome. */
  public boolean ready() {
    return server != null && !leaving;
  }

  /** Requests on their way at this moment. */
  public int requestsInFlight() {
    FacadeServer running = server;
    return running == null ? 0 : running.requestsInFlight();
  }

  /** Copies on their way at this moment. */
  public int shadowsInFlight() {
    FacadeServer running = server;
    return running == null ? 0 : running.shadowsInFlight();
  }

  /** Writes that legacy carried out and the migrated side has not yet. */
  public int writesPending() {
    FacadeServer running = server;
    return running == null ? 0 : running.writesPending();
  }

  /** Connections of clients held at this moment. */
  public int connections() {
    FacadeServer running = server;
    return running == null ? 0 : running.connections();
  }

  /** Connections of clients that may be held. */
  public int connectionLimit() {
    FacadeServer running = server;
    return running == null ? 0 : running.connectionLimit();
  }

  /** Whether the thread that compares runs. */
  public boolean comparing() {
    return worker.isRunning();
  }

  /** How the upstreams in use are at this moment. */
  public List<UpstreamView> upstreams() {
    FacadeServer running = server;
    return running == null ? List.of() : running.upstreams();
  }

  /** The longest that an event loop was late of late. */
  public Duration loopLag() {
    FacadeServer running = server;
    return running == null ? Duration.ZERO : running.loopLag();
  }

  /** Says that it is not ready, and serves on. */
  void leave() {
    leaving = true;
  }

  /**
   * Accepts nobody and lets requests end.
   *
   * @return how many did not
   */
  int drain(Duration limit) {
    FacadeServer running = server;
    return running == null ? 0 : running.drain(limit);
  }

  void stop(@Observes ShutdownEvent event) {
    leaving = true;
    FacadeServer running = server;
    if (running != null) {
      running.close();
    }
    promoter.stop();
    watch.stop();
    evidence.stop();
    worker.stop();
    store.close();
  }
}
