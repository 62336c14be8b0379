package dev.banyan.app.seen;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what the configuration decides about. */
@Singleton
class Configured {
  @Produces
  @Singleton
  AccessLog accessLog(
      @ConfigProperty(name = "banyan.access-log", defaultValue = "off") String where) {
    return new AccessLog(where);
  }
}
