package dev.banyan.app.admin;

import dev.banyan.app.RunningFacade;
import dev.banyan.app.rules.RulesInForce;
import dev.banyan.app.store.StoreLink;
import dev.banyan.migration.TableKeeper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Started once the data plane listens; ready as long as it wants requests. Ledger and rules are
 * told and do not count: traffic goes on without the one, and with the last good other.
 */
@Singleton
class FacadeHealth {
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
  @Readiness
  HealthCheck ready() {
    return () ->
        HealthCheckResponse.named("data plane")
            .status(facade.ready())
            .withData("ledger", store.up() ? "up" : "down")
            .withData("rules", rules.status().rejected() == null ? "ok" : "degraded")
            .withData("routes", tables.get().rules().routes().size())
            .withData("requestsInFlight", facade.requestsInFlight())
            .build();
  }
}
