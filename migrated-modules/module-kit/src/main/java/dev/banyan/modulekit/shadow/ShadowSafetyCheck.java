package dev.banyan.modulekit.shadow;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;

/** Refuses to start where a data source would let a shadow request write. */
@ApplicationScoped
class ShadowSafetyCheck {

  private final List<AgroalDataSource> sources;

  @Inject
  ShadowSafetyCheck(@All List<AgroalDataSource> sources) {
    this.sources = sources;
  }

  void check(@Observes StartupEvent start) {
    for (AgroalDataSource source : sources) {
      Class<?> driver =
          source
              .getConfiguration()
              .connectionPoolConfiguration()
              .connectionFactoryConfiguration()
              .connectionProviderClass();
      if (driver == null || !driver.getName().equals(ShadowSafeDriver.class.getName())) {
        throw new IllegalStateException(
            "quarkus.datasource.jdbc.driver: "
                + (driver == null ? "none" : driver.getName())
                + " (expected: "
                + ShadowSafeDriver.class.getName()
                + ", for every data source of a module with the kit)");
      }
    }
  }
}
