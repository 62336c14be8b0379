package dev.banyan.app.admin;

import dev.banyan.app.RunningFacade;
import dev.banyan.app.rules.RulesInForce;
import dev.banyan.app.store.StoreLink;
import dev.banyan.migration.TableKeeper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Alive while the event loops move. Started once the data plane listens; ready as long as it wants
 * requests. Ledger, rules and comparing are told and do not count: traffic goes on without the
 * ledger, with the last good rules, and uncompared.
 */
@Singleton
class FacadeHealth {
  /** Far beyond any garbage collection: only a new process helps then. */
  private static final Duration STUCK = Duration.ofSeconds(30);

  private final RunningFacade facade;
  private final StoreLink store;
  private final RulesInForce rules;
  private final TableKeeper tables;

  FacadeHealth(RunningFacade facade, StoreLink store, RulesInForce rules, TableKeeper tables) {
    this.facade = facade;
    this.store = store;
    this.rules = rules;
    this.tables = tables;
  }

  @Produces
  @Singleton
  @Startup
  HealthCheck started() {
    return () -> HealthCheckResponse.named("data plane listens").status(facade.listening()).build();
  }

  @Produces
  @Singleton
  @Liveness
  HealthCheck alive() {
    return () -> {
      Duration lag = facade.loopLag();
      return HealthCheckResponse.named("event loops move")
          .status(lag.compareTo(STUCK) < 0)
          .withData("lagMillis", lag.toMillis())
          .build();
    };
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck ready() {
    return () ->
        HealthCheckResponse.named("data plane")
            .status(facade.ready())
            .withData("ledger", store.up() ? "up" : "down")
            .withData("comparing", facade.comparing() ? "up" : "down")
            .withData("rules", rules.status().rejected() == null ? "ok" : "degraded")
            .withData("routes", tables.get().rules().routes().size())
            .withData("requestsInFlight", facade.requestsInFlight())
            .build();
  }
}
