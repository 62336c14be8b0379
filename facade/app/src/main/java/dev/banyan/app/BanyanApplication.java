package dev.banyan.app;

import dev.banyan.app.background.YieldingCompilers;
import dev.banyan.app.rules.RuleWatch;
import dev.banyan.app.rules.RulesInForce;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts the running facade once the admin side is up, and waits for the end. */
public final class BanyanApplication implements QuarkusApplication {
  private static final Logger LOG = System.getLogger(BanyanApplication.class.getName());

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
    if (!Signals.on("HUP", this::readAgain)) {
      LOG.log(
          Level.INFO,
          "SIGHUP is ignored, as it is under nohup: rules are read again when their files change and"
              + " on ./banyan rules reload");
    }
    end.onSignals();
    watch.alsoWatch(TlsSettings.files(ConfigProvider.getConfig()), facade::reloadTls);
    watch.start();
    facade.start();
    new YieldingCompilers().start();
    Quarkus.waitForExit();
    return 0;
  }

  private void readAgain() {
    rules.reload(RulesInForce.Cause.SIGNAL);
    facade.reloadTls();
  }
}
