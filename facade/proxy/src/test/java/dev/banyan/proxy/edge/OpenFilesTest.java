package dev.banyan.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the system says of this process. */
final class OpenFilesTest {
  @Test
  void thisProcessHoldsSomeAndMayHoldMore() {
    OpenFiles now = OpenFiles.now();

    assertThat(now.told()).isEqualTo(Files.exists(Path.of("/proc/self/limits")));
    assertThat(now.open()).isPositive();
    assertThat(now.limit()).isGreaterThan(now.open());
  }
}
