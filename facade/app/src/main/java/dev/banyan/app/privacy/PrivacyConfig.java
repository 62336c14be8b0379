package dev.banyan.app.privacy;

import dev.banyan.app.DataFolder;
import dev.banyan.migration.TableKeeper;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what the configuration decides about. */
@Singleton
class PrivacyConfig {
  @Produces
  @Singleton
  StoreKeys keys(
      @ConfigProperty(name = "banyan.store.keys") Optional<List<String>> keys,
      @ConfigProperty(name = "banyan.store.key") Optional<String> key,
      DataFolder data)
      throws IOException {
    return StoreKeys.configured(keys.or(() -> key.map(List::of)), data.storeKey());
  }

  @Produces
  @Singleton
  StoreCipher cipher(StoreKeys keys) {
    return new StoreCipher(keys);
  }

  @Produces
  @Singleton
  Privacy privacy(
      TableKeeper tables,
      StoreKeys keys,
      @ConfigProperty(name = "banyan.store.mode", defaultValue = "full") String mode) {
    return new Privacy(tables, keys, KeepValues.of(mode));
  }

  @Produces
  @Singleton
  Retention retention(
      @ConfigProperty(name = "banyan.store.retention", defaultValue = "30d") Duration age,
      @ConfigProperty(name = "banyan.store.size", defaultValue = "256M") MemorySize size,
      Privacy privacy) {
    return new Retention(age, size.asLongValue(), privacy.keep());
  }
}
