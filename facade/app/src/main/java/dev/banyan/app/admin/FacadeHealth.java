package dev.banyan.app.admin;

import dev.banyan.app.RunningFacade;
import dev.banyan.app.store.StoreLink;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready as soon as the data plane listens. The ledger is told and does not count: traffic never
 * depends on it.
 */
@Readiness
public class FacadeHealth implements HealthCheck {
  private final RunningFacade facade;
  private final StoreLink store;

  FacadeHealth(RunningFacade facade, StoreLink store) {
    this.facade = facade;
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("data plane")
        .status(facade.listening())
        .withData("ledger", store.up() ? "up" : "down")
        .build();
  }
}
