package dev.banyan.modulekit.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long answers are kept and waited for. */
@ConfigMapping(prefix = "banyan.idempotency")
public interface IdempotencySettings {

  /** For so long a key belongs to its first request. */
  @WithDefault("24h")
  Duration keep();

  /** So long a request waits for another one with its key. */
  @WithDefault("5s")
  Duration patience();
}
