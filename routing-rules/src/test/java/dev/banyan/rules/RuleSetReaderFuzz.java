package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No text makes the reader throw. Seeded, so a finding comes again. */
class RuleSetReaderFuzz {
  private static final int ROUNDS = 3000;
  private static final String PIECES = "{}[]:,-&*!|>'\"#%@`\n \t\u0000\u00e9abc019/~?";

  @Test
  void mutatedRuleSetsAreAcceptedOrRejectedButNeverThrow() throws IOException {
    String sample =
        Files.readString(
            Path.of("src/test/resources/accepted/everything.yaml"), StandardCharsets.UTF_8);
    Random random = new Random(20261121);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder(sample);
      for (int edits = 1 + random.nextInt(6); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        } else {
          text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
        }
      }
      String mutated = text.toString();
      assertThatCode(() -> RuleSetReader.read("fuzz", mutated))
          .as(mutated)
          .doesNotThrowAnyException();
    }
  }
}
