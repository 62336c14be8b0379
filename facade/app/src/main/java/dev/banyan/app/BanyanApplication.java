package dev.banyan.app;

import dev.banyan.app.rules.RuleWatch;
import dev.banyan.app.rules.RulesInForce;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/** Starts the running facade once the admin side is up, and waits for the end. */
public final class BanyanApplication implements QuarkusApplication {
  private final RunningFacade facade;
  private final RulesInForce rules;
  private final RuleWatch watch;
  private final GracefulEnd end;

  @Inject
  BanyanApplication(RunningFacade facade, RulesInForce rules, RuleWatch watch, GracefulEnd end) {
    this.facade = facade;
    this.rules = rules;
    this.watch = watch;
    this.end = end;
  }

  @Override
  public int run(String... args) throws Exception {
    Signals.on("HUP", () -> rules.reload(RulesInForce.Cause.SIGNAL));
    end.onSignals();
    watch.start();
    facade.start();
    Quarkus.waitForExit();
    return 0;
  }
}
