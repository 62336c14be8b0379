package dev.banyan.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many connections a file limit allows. */
final class OpenFilesTest {
  @ParameterizedTest
  @CsvSource({"20000, 100, 17910", "1024, 100, 693", "200, 100, 75", "64, 100, 16"})
  void somethingIsKeptForUpstreamsAndClasses(long limit, long open, int connections) {
    assertThat(OpenFiles.connections(limit, open)).isEqualTo(connections);
  }

  @Test
  void thisProcessMayHoldSome() {
    assertThat(OpenFiles.connections()).isBetween(16, Integer.MAX_VALUE - 1);
  }
}
