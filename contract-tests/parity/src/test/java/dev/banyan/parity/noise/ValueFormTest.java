package dev.banyan.parity.noise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What varies may have another value, and no other form. */
class ValueFormTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "0f8fad5b-d9cb-469f-a165-70867728950e" | "7C9E6679-7425-40DE-944B-E07FC1F90AE7"
          "2026-11-21T10:15:30.25Z" | "2026-11-21T10:15:31+00:00"
          "/Date(1760000000000)/" | "/Date(1760000000001+0100)/"
          17 | 18.5
          "a7x" | "123"
          "Kiwi 7" | "Kiwi 8"
          """)
  void oneFormMayBeNoise(String control, String candidate) {
    assertThat(ValueForm.same(control, candidate)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "0f8fad5b-d9cb-469f-a165-70867728950e" | "0f8fad5bd9cb469fa16570867728950f"
          "0f8fad5b-d9cb-469f-a165-70867728950e" | "{0f8fad5b-d9cb-469f-a165-70867728950f}"
          "0f8fad5b-d9cb-469f-a165-70867728950e" | "undefined"
          "2026-11-21T10:15:30Z" | "2026-11-21T10:15:31"
          "2026-11-21T10:15:30Z" | "/Date(1760000000000)/"
          "2026-11-21T10:15:30" | "2026-11-21"
          "a7x" | ""
          """)
  void anotherFormIsNone(String control, String candidate) {
    assertThat(ValueForm.same(control, candidate)).isFalse();
  }
}
