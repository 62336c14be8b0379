package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The command itself runs in the launcher's other program; here it is explained. */
class DescriptorsHelpTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyOptionIsExplainedWithAnExample() {
    assertThat(run("descriptors", "fetch", "--help")).isZero();

    assertThat(out.toString())
        .contains("URL", "--out=FILE", "--service=NAME", "--tls-ca=FILE", "--json", "Example:");
  }

  @Test
  void withoutFetchTheUsageIsShown() {
    assertThat(run("descriptors")).isEqualTo(2);

    assertThat(err.toString()).contains("banyan descriptors", "fetch");
  }

  @Test
  void pastTheLauncherItSaysWhoStartsIt() {
    assertThat(run("descriptors", "fetch", "http://127.0.0.1:5001", "--out", "a")).isEqualTo(2);

    assertThat(err.toString()).contains("./banyan descriptors fetch …");
  }

  private int run(String... words) {
    return Banyan.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(words);
  }
}
