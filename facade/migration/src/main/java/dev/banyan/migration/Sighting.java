package dev.banyan.migration;

import java.util.List;
import java.util.Optional;

/**
 * What an exchange shows besides its answers.
 *
 * @param version the label that the migrated side's answer carries; empty where it carries none, or
 *     did not answer
 * @param shapes what the request and its answer look like ({@link RequestShape})
 */
public record Sighting(Optional<String> version, List<String> shapes) {
  public static final Sighting NONE = new Sighting(Optional.empty(), List.of());

  /** A label is foreign text: no longer than this, and not empty. */
  static final int LONGEST_VERSION = 100;

  public Sighting {
    version =
        version
            .filter(label -> !label.isBlank())
            .map(label -> label.substring(0, Math.min(label.length(), LONGEST_VERSION)));
    shapes = List.copyOf(shapes);
  }
}
