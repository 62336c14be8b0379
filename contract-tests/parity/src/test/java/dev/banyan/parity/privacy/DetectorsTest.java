package dev.banyan.parity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.PrivateFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorsTest {
  private final Masking masking =
      Masking.with("key".getBytes(StandardCharsets.UTF_8), PrivateFields.NONE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane.doe@example.com",
        "o'brien+tag@mail.example.co.uk",
        "jörg@müller.example",
        "DE89370400440532013000",
        "GB29 NWBK 6016 1331 9268 19",
        "FR1420041010050500013M02606",
        "4111111111111111",
        "4111 1111 1111 1111",
        "5500-0000-0000-0004",
        "378282246310005",
        "3782 822463 10005",
        "4222222222222",
        "+49 30 1234567",
        "+1 (555) 123-4567",
        "+441632960961",
        "0049 30 1234567",
        "(555) 123-4567",
        "555-123-4567",
        "030/1234567",
        "020 7946 0958",
        "01 42 68 53 00",
        "01.42.68.53.00",
        "123-45-6789",
        "AB123456C",
        "AB 12 34 56 C",
        "86095742719",
        "12345678Z",
        "X1234567L",
        "255081416802538",
        "2 55 08 14 168 025 38",
        "529.982.247-25",
        "1112.22.333"
      })
  void whatLooksPrivateIsMaskedWhereverItStands(String value) {
    for (String around :
        List.of("%s", "so %s, and", "<%s>", "(%s)", "a=%s&b", "\"%s\"", "is:%s.", "x/%s/y")) {
      String masked = masking.text(around.formatted(value));

      assertThat(masked).doesNotContain(value).hasSameSizeAs(around.formatted(value));
      String[] rest = around.split("%s", -1);
      assertThat(masked).startsWith(rest[0]).endsWith(rest[1]);
      assertThat(masked.chars().filter(Character::isDigit).count())
          .isEqualTo(value.chars().filter(Character::isDigit).count());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345",
        "1234567890",
        "1700000000000",
        "1234567890123456",
        "4111111111111112",
        "20261121",
        "2026-11-21",
        "2014-03-09T14:05:30.1234567+01:00",
        "2014-03-09T14:05:30+0100",
        "01.02.2024 10:30",
        "05/11/2026 23:00:00",
        "10:30:00",
        "6f9619ff-8b86-d011-b42d-00c04fc964ff",
        "41111111-1111-1111-1111-111111111111",
        "10.0.0.17",
        "192.168.100.255",
        "1.2.3.4567",
        "0.4111111111111111",
        "9.90",
        "1,234,567.89",
        "-17.5",
        "1e+10",
        "PT1H30M",
        "W/\"33a64df551425fcc55e4d42a148795d9f25f89d4\"",
        "/api/products/4711",
        "SKU-0815-4711",
        "DE00370400440532013000",
        "000-12-3456",
        "ORDER-2026-000123",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36",
        "user at example dot com",
        "@angular/core@17.0",
        "12345678A"
      })
  void whatOnlyLooksALittleLikeItStays(String value) {
    assertThat(masking.text(value)).isEqualTo(value);
    assertThat(masking.text("so " + value + " here")).isEqualTo("so " + value + " here");
  }
}
