package dev.banyan.rules;

import static dev.banyan.rules.RuleFiles.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No input makes the reader throw, hang or grow. Seeded, so a finding comes again. */
class RuleSetReaderFuzz {
  private static final int MIB = 1024 * 1024;

  @Test
  void randomBytesAreRejectedButThrowNothing(@TempDir Path folder) throws IOException {
    Random random = new Random(20261121);
    Path file = folder.resolve("random.yaml");
    for (int round = 0; round < 500; round++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      Files.write(file, bytes);

      assertThat(problems(RuleSetReader.read(file)))
          .as(HexFormat.of().formatHex(bytes))
          .isNotEmpty();
    }
  }

  @Test
  void mutatedRuleSetsAreAcceptedOrRejectedButThrowNothing() {
    Mutations.ofAcceptedFiles(4000)
        .forEach(
            text ->
                assertThatCode(() -> RuleSetReader.read("fuzz", text))
                    .as(text)
                    .doesNotThrowAnyException());
  }

  static Stream<Arguments> hostile() {
    String routes = "version: 1\nupstreams: { legacy: { url: http://a } }\nroutes:\n";
    return Stream.of(
        Arguments.of("sequences", "[".repeat(3 * MIB)),
        Arguments.of("mappings", "{a: ".repeat(MIB / 2)),
        Arguments.of("block sequences", "- ".repeat(MIB)),
        Arguments.of("questions", "? ".repeat(MIB)),
        Arguments.of("above the limit", "[".repeat(10 * MIB)),
        Arguments.of("spaced sequences", "[ ".repeat(MIB)),
        Arguments.of("one long word", "a".repeat(3 * MIB)),
        Arguments.of("one long key", "a".repeat(MIB) + ": { b: { c: d } }"),
        Arguments.of("many keys", many("k%d: v\n", 100_000)),
        Arguments.of("alias bomb", aliasBomb()),
        Arguments.of("alias of itself", "&a [*a]"),
        Arguments.of("unknown alias", "version: *none"),
        Arguments.of(
            "a tie of all",
            routes + many("  - { id: r%d, match: { path: /** }, legacy: legacy }\n", 20_000)),
        Arguments.of(
            "long path",
            routes
                + "  - { id: a, match: { path: "
                + "/a".repeat(MIB / 4)
                + " }, legacy: legacy }"),
        Arguments.of(
            "many segments",
            routes + "  - { id: a, match: { path: " + "/a".repeat(1000) + " }, legacy: legacy }"),
        Arguments.of(
            "many labels",
            routes
                + "  - { id: a, match: { path: /a, host: "
                + "a.".repeat(2000)
                + "a }, legacy: legacy }"),
        Arguments.of(
            "huge number",
            routes
                + "  - { id: a, match: { path: /a }, legacy: legacy, gate: { mismatches: 1e999999999, samples: "
                + "9".repeat(4000)
                + " } }"),
        Arguments.of(
            "long chain", "version: 1\nprofiles:\n" + many("  p%d: { extends: p%<d0 }\n", 50_000)),
        Arguments.of(
            "undefined names",
            "version: 1\nupstreams:\n"
                + many("  u%d: { url: http://a }\n", 20_000)
                + "routes:\n"
                + many("  - { id: r%d, match: { path: /r%<d }, legacy: v%<d }\n", 20_000)),
        Arguments.of("control characters", "version: 1\u0000\nupstreams: \u0007"),
        Arguments.of("half a character", "version: \ud800"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void hostileTextsAreRejectedInTime(String what, String text) {
    long begin = System.nanoTime();

    List<String> problems = problems(RuleSetReader.read("hostile", text));

    System.out.printf(
        "%s: %d problems in %d ms%n",
        what, problems.size(), Duration.ofNanos(System.nanoTime() - begin).toMillis());
    assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(1001);
    assertThat(problems).allSatisfy(problem -> assertThat(problem).hasSizeLessThan(1500));
  }

  private static String many(String line, int count) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, count).forEach(i -> text.append(String.format(line, i)));
    return text.toString();
  }

  private static String aliasBomb() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      text.append("a%d: &a%d [".formatted(i, i)).append("*a%d, ".formatted(i - 1).repeat(10));
      text.append("x]\n");
    }
    return text.toString();
  }
}
