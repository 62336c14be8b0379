package dev.banyan.catalog.orders;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads when an order was shipped. <b>Wrong on purpose</b>: the one planted porting mistake of this
 * module, so that a comparison with the legacy has something real to catch.
 *
 * <p>The mistake: a date of kind Local is taken for wall-clock time in New York, where the old
 * servers are supposed to have stood. They run in UTC. So order 10002, shipped 2014-03-12T08:00Z,
 * comes out four hours late; a date of another kind, and no date at all, come out right. The cure
 * is to return {@link LegacyDate#instant()} for every kind.
 */
final class ShippedDateReading {

  private static final ZoneId SUPPOSED_SERVER_ZONE = ZoneId.of("America/New_York");

  private ShippedDateReading() {}

  static Instant read(LegacyDate stored) {
    if (stored.kind() != LegacyDate.Kind.LOCAL) {
      return stored.instant();
    }
    LocalDateTime wallClock = LocalDateTime.ofInstant(stored.instant(), ZoneOffset.UTC);
    return wallClock.atZone(SUPPOSED_SERVER_ZONE).toInstant();
  }
}
