package dev.banyan.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/** Starts the running facade once the admin side is up, and waits for the end. */
public final class BanyanApplication implements QuarkusApplication {
  private final RunningFacade facade;

  @Inject
  BanyanApplication(RunningFacade facade) {
    this.facade = facade;
  }

  @Override
  public int run(String... args) throws Exception {
    facade.start();
    Quarkus.waitForExit();
    return 0;
  }
}
