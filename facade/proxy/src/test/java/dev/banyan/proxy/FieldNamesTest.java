package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldNamesTest {
  @Test
  void aNameIsInLowerCaseHoweverOftenAndInWhateverOrderItIsAskedFor() {
    List<String> names =
        IntStream.range(0, 5000)
            .mapToObj(i -> "X-Name-" + i % 2500 + (i % 2 == 0 ? "-A" : "-a"))
            .toList();

    assertThat(names)
        .allSatisfy(
            name -> assertThat(FieldNames.lower(name)).isEqualTo(name.toLowerCase(Locale.ROOT)));
  }

  @Test
  void namesThatShareASlotAreNotMistakenForEachOther() {
    // "Aa" and "BB" have one hash.
    assertThat(FieldNames.lower("Aa")).isEqualTo("aa");
    assertThat(FieldNames.lower("BB")).isEqualTo("bb");
    assertThat(FieldNames.lower("Aa")).isEqualTo("aa");
  }

  @Test
  void aLongNameIsNotKept() {
    String name = "X-" + "A".repeat(100);

    assertThat(FieldNames.lower(name)).isEqualTo("x-" + "a".repeat(100));
    assertThat(FieldNames.lower(name)).isNotSameAs(FieldNames.lower(name));
  }
}
