package dev.banyan.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogArgumentsTest {

  @Test
  void takesPortHostAndDataFolder() {
    var arguments =
        CatalogArguments.parse(List.of("--port", "0", "--host", "::1", "--data", "here"));

    assertThat(arguments.port()).contains(0);
    assertThat(arguments.host()).contains("::1");
    assertThat(arguments.data()).contains(Path.of("here"));
  }

  @Test
  void leavesOpenWhatIsNotSaid() {
    var arguments = CatalogArguments.parse(List.of());

    assertThat(arguments.port()).isEmpty();
    assertThat(arguments.host()).isEmpty();
    assertThat(arguments.data()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 65536 | --port: 65536 (expected: 0 to 65535)",
        "--port x     | --port: x (expected: 0 to 65535)",
        "--port       | --port: nothing (expected: a value)",
        "--prot 1     | argument: --prot (expected: --port, --host or --data)"
      })
  void saysWhatIsWrongAndWhatWasExpected(String line, String message) {
    assertThatThrownBy(() -> CatalogArguments.parse(List.of(line.split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
