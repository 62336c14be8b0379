package dev.banyan.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed. */
final class TrustedProxiesTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "10.0.0.0/8, ::ffff:10.1.1.1, true",
    "::1, 0:0:0:0:0:0:0:1, true",
    "fd00::/8, fdab::1, true",
    "fd00::/8, fe80::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.0/8, not.an.address, false"
  })
  void anAddressIsBelievedIfItIsListedOrInANetworkThatIs(
      String written, String address, boolean believed) {
    assertThat(TrustedProxies.of(List.of("203.0.113.9", written)).contains(address))
        .isEqualTo(believed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/+8",
        "10.0.0.1/8",
        "fd00::/129",
        ""
      })
  void whatIsNoAddressOrNetworkIsAMistake(String written) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of(written)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("trusted proxy: " + written);
  }

  @Test
  void withoutAnyNobodyIsBelieved() {
    assertThat(TrustedProxies.of(List.of()).contains("127.0.0.1")).isFalse();
  }
}
