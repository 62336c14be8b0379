package dev.banyan.rules;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Accepted rule files with a few random edits. Seeded: the same ones each time. */
final class Mutations {
  private static final String PIECES = "{}[]:,-&*!|>'\"#%@`\n \t\u0000\u00e9abc019/~?.";
  private static final List<String> WORDS =
      List.of(
          "null", "true", "1", "0.5", "\"\"", "[]", "{}", "100%", "5s", "legacy", "*x", "&x ",
          "!t ", "GET", "/**", "strict", "-1", "1e2", "~", "shadow");

  private Mutations() {}

  static Stream<String> ofAcceptedFiles(int count) {
    List<String> originals = RuleFiles.accepted().stream().map(RuleFiles::text).toList();
    Random random = new Random(20261121);
    return IntStream.range(0, count)
        .mapToObj(i -> mutate(originals.get(i % originals.size()), random));
  }

  private static String mutate(String original, Random random) {
    StringBuilder text = new StringBuilder(original);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
        case 2 -> replaceValue(text, at, WORDS.get(random.nextInt(WORDS.size())));
        default -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
      }
    }
    return text.toString();
  }

  /** Most such texts stay YAML, so these get further than the others. */
  private static void replaceValue(StringBuilder text, int near, String word) {
    int colon = text.indexOf(": ", near);
    if (colon < 0) {
      return;
    }
    int end = colon + 2;
    while (end < text.length() && ",}]\n".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    text.replace(colon + 2, end, word);
  }
}
