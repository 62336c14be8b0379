package dev.banyan.catalog.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShippedDateReadingTest {

  private static final Instant SHIPPED = Instant.parse("2014-03-12T08:00:00Z");

  @Test
  void aLocalDateIsReadInTheWrongZoneOnPurpose() {
    assertThat(ShippedDateReading.read(new LegacyDate(SHIPPED, LegacyDate.Kind.LOCAL)))
        .isEqualTo("2014-03-12T12:00:00Z");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOCAL")
  void otherDatesAreReadRight(LegacyDate.Kind kind) {
    assertThat(ShippedDateReading.read(new LegacyDate(SHIPPED, kind))).isEqualTo(SHIPPED);
  }
}
