package dev.banyan.proxy.badrequests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What docs/reference/edge.md says becomes of each case.
 *
 * @param outcomes by case; several where timing decides
 * @param settled cases in which Banyan is meant to differ from the strict reading
 */
record OddRequestTable(Map<String, Set<String>> outcomes, Set<String> settled) {
  private static final Pattern ROW = Pattern.compile("\\|(.*)\\|(.*)\\|(.*)\\|");
  private static final Pattern ID = Pattern.compile("[A-Z]{2}-[0-9]{2}");

  static OddRequestTable read() {
    Path page = Path.of("").toAbsolutePath();
    while (!Files.exists(page.resolve("docs/reference/edge.md"))) {
      page = page.getParent();
      if (page == null) {
        throw new IllegalStateException("docs/reference/edge.md: none (expected: above here)");
      }
    }
    Map<String, Set<String>> outcomes = new HashMap<>();
    Set<String> settled = new HashSet<>();
    for (String line : lines(page.resolve("docs/reference/edge.md"))) {
      Matcher row = ROW.matcher(line);
      if (!row.matches()) {
        continue;
      }
      Matcher id = ID.matcher(row.group(3));
      boolean differs = row.group(2).contains("(meant)");
      while (id.find()) {
        String answer = row.group(2).replace("(meant)", "").strip();
        if (outcomes.put(id.group(), Set.of(answer.split(" or ", -1))) != null) {
          throw new IllegalStateException("case: " + id.group() + " (expected: in one row)");
        }
        if (differs) {
          settled.add(id.group());
        }
      }
    }
    return new OddRequestTable(outcomes, settled);
  }

  private static java.util.List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
