package dev.banyan.catalog.orders;

import java.time.Instant;

/**
 * A point in time, with the kind that the legacy system attached to it.
 *
 * @param instant already true: the legacy's server runs in UTC, so its local times are UTC
 */
record LegacyDate(Instant instant, Kind kind) {

  /** .NET's DateTimeKind. */
  enum Kind {
    UTC,
    LOCAL,
    UNSPECIFIED;

    static Kind named(String name) {
      return switch (name) {
        case "Utc" -> UTC;
        case "Local" -> LOCAL;
        case "Unspecified" -> UNSPECIFIED;
        default ->
            throw new IllegalArgumentException(
                "date kind: " + name + " (expected: Utc, Local or Unspecified)");
      };
    }
  }
}
