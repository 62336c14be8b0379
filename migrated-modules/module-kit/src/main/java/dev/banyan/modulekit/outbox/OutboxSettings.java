package dev.banyan.modulekit.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where events go and how patiently. */
@ConfigMapping(prefix = "banyan.outbox")
public interface OutboxSettings {

  /** Where events are posted to; without it they wait in the table. */
  Optional<URI> target();

  /** {@code source} of the events. */
  @WithDefault("/${quarkus.application.name:module}")
  String source();

  /** How long the publisher rests when it finds nothing; a commit here wakes it before. */
  @WithDefault("1s")
  Duration poll();

  /** How many events one round claims. */
  @WithDefault("20")
  int batch();

  /** How long one delivery may take. */
  @WithDefault("5s")
  Duration timeout();

  /** After so many failed tries an event is dead. */
  @WithDefault("10")
  int attempts();

  /** Before the second try; twice as long before each further one. */
  @WithDefault("1s")
  Duration firstPause();

  /** The longest pause between two tries. */
  @WithDefault("5m")
  Duration longestPause();

  /** How long delivered events and received ids are kept. */
  @WithDefault("168h")
  Duration keep();
}
