package dev.banyan.app.seen;

import dev.banyan.app.privacy.Privacy;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what the configuration decides about. */
@Singleton
class Configured {
  /** One for all who ask: the extension's own would be another one for each. */
  @Produces
  @Singleton
  CollectorRegistry collectors() {
    return new CollectorRegistry(true);
  }

  @Produces
  @Singleton
  AccessLog accessLog(
      @ConfigProperty(name = "banyan.access-log", defaultValue = "off") String where,
      Privacy privacy) {
    return new AccessLog(where, path -> privacy.masking().target(path));
  }
}
