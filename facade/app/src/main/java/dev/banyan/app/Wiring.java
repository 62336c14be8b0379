package dev.banyan.app;

import dev.banyan.app.comparing.SightingReader;
import dev.banyan.app.evidence.SharedEvidence;
import dev.banyan.app.flipping.TableNews;
import dev.banyan.app.security.SecretFile;
import dev.banyan.app.store.BreachFile;
import dev.banyan.app.store.LastTableFile;
import dev.banyan.app.store.PostgresLedger;
import dev.banyan.app.store.ReplicaStore;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.FlipCoordinator;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.ForwardGuard;
import dev.banyan.migration.Ledger;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Rollouts;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the pure parts together. */
@Singleton
class Wiring {
  @Produces
  @Singleton
  DataFolder data(@ConfigProperty(name = "banyan.data") String folder) throws IOException {
    DataFolder data = DataFolder.open(Path.of(folder));
    data.provideToken();
    data.provideMetricsToken();
    data.provideSideSecret();
    return data;
  }

  @Produces
  @Singleton
  Places places(
      @ConfigProperty(name = "banyan.host", defaultValue = "127.0.0.1") String host,
      @ConfigProperty(name = "banyan.port", defaultValue = "0") int port,
      @ConfigProperty(name = "quarkus.http.host") String adminHost,
      @ConfigProperty(name = "banyan.token", defaultValue = "FOUND") SecretFile.Provided token,
      EdgeConfig edge) {
    return new Places(host, port, adminHost, token, edge);
  }

  @Produces
  @Singleton
  RuleSource rules(@ConfigProperty(name = "banyan.rules") String path) {
    return new RuleSource(Path.of(path));
  }

  @Produces
  @Singleton
  LastTableFile lastTable(DataFolder data) {
    return new LastTableFile(data.lastTableFile());
  }

  @Produces
  @Singleton
  TableKeeper tables(RuleSource rules, Rollouts rollouts, TableNews news) {
    return new TableKeeper(rules.readOrThrow(), rollouts, news::tell);
  }

  @Produces
  @Singleton
  TableNews news(EvidenceWindows evidence, FlipWatch watch, LastTableFile lastTable) {
    return new TableNews(evidence, watch, lastTable);
  }

  @Produces
  @Singleton
  FlipWatch watch(ReplicaStore replicas) {
    return new FlipWatch(replicas.id());
  }

  @Produces
  @Singleton
  SightingReader sightings(
      @ConfigProperty(name = "banyan.version-header", defaultValue = "Banyan-Version")
          String versionHeader) {
    return new SightingReader(versionHeader);
  }

  @Produces
  @Singleton
  BreachFile breaches(DataFolder data) {
    return new BreachFile(data.path().resolve("breaches.json"));
  }

  /** The ids come from the ledger, or from the last table on disk. */
  @Produces
  @Singleton
  Rollouts rollouts(
      DataFolder data, @ConfigProperty(name = "banyan.side-secret") Optional<String> given)
      throws IOException {
    String secret = given.isPresent() ? given.get() : data.sideSecret();
    return new Rollouts(
        Optional.of(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256")),
        Map.of());
  }

  @Produces
  @Singleton
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  EvidenceWindows evidence(InstantSource clock) {
    return new EvidenceWindows(clock);
  }

  @Produces
  @Singleton
  Ledger ledger(DataSource store, InstantSource clock) {
    return new PostgresLedger(store, clock);
  }

  @Produces
  @Singleton
  FlipCoordinator flips(
      Ledger ledger,
      TableKeeper tables,
      SharedEvidence evidence,
      ForwardGuard guard,
      InstantSource clock) {
    return new FlipCoordinator(ledger, tables, evidence, guard, clock);
  }
}
