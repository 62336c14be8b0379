package dev.banyan.modulekit.shadow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who may mark a request as shadow, and what such a request may use. */
@ConfigMapping(prefix = "banyan.shadow")
public interface ShadowSettings {

  /** Addresses and networks whose mark is believed, such as {@code 10.1.0.0/16}. */
  @WithDefault("127.0.0.0/8,::1")
  List<String> trusted();

  /** Believed from any address when it comes as {@code Banyan-Shadow-Secret}. */
  Optional<String> secret();

  /** Hosts, {@code name} or {@code name:port}, that a shadow request may call as shadow. */
  Optional<List<String>> passOnTo();

  /** Database sessions for shadow requests, per data source; they come on top of its pool. */
  @WithDefault("8")
  int maxSessions();

  /** How long a shadow request waits for one of them. */
  @WithDefault("2s")
  Duration sessionWait();

  /** After this a statement of a shadow request is ended, and so is a session that does nothing. */
  @WithDefault("10s")
  Duration timeLimit();

  /** How long a statement of a shadow request waits for a lock. */
  @WithDefault("2s")
  Duration lockWait();
}
