package dev.banyan.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hop names. */
final class HopAddressTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "203.0.113.7:1, 203.0.113.7",
    "203.0.113.7:65535, 203.0.113.7",
    "2001:DB8:0:0::1, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "[2001:db8::1]:443, 2001:db8::1",
    "::ffff:203.0.113.7, 203.0.113.7",
    "[::ffff:203.0.113.7]:80, 203.0.113.7"
  })
  void anAddressIsReadWithoutItsPortInOneSpelling(String hop, String address) {
    assertThat(HopAddress.of(hop)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "_hidden",
        "shop.example",
        "shop.example:80",
        "203.0.113.7:",
        "203.0.113.7:http",
        "203.0.113.7:123456",
        "203.0.113.256",
        "[2001:db8::1",
        "[2001:db8::1]x",
        "[2001:db8::1]:",
        "[]",
        "[unknown]:1",
        ":80"
      })
  void whatIsNoAddressIsNone(String hop) {
    assertThat(HopAddress.of(hop)).isNull();
  }
}
